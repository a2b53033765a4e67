using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>What <c>signals.json</c> says of one intersection.</summary>
/// <param name="Where">File and JSON path, for errors.</param>
/// <param name="Profile">How its groups pass from red to green and back.</param>
/// <param name="MaximumRedSeconds">Longest red of a group, or null for no limit.</param>
/// <param name="Groups">Only those of which the file says something; no group twice.</param>
/// <param name="Intergreens">Only those that the file raises; no pair of links twice.</param>
public sealed record IntersectionPart(
    string Where,
    IntersectionId Id,
    Names Names,
    SignalProfile Profile,
    int? MaximumRedSeconds,
    ImmutableArray<GroupPart> Groups,
    ImmutableArray<IntergreenPart> Intergreens)
{
    /// <summary>How it is known that there is a light.</summary>
    public LightStatus Status { get; init; }

    /// <summary>Where what is said of it comes from, for people; empty for nothing.</summary>
    public string Provenance { get; init; } = "";

    /// <summary>When amber flashes by the time of day; null for never.</summary>
    public NightFlash? Night { get; init; }

    /// <summary>It raises a minimum or an intergreen, so that passages and the local plan have to be computed.</summary>
    public bool RaisesTimes => Intergreens.Length > 0 || Groups.Any(g => g.MinimumGreenSeconds is not null || g.CrossingMetres is not null);

    /// <summary>What is said of a group; null for nothing.</summary>
    public GroupPart? Of(SignalGroup group) => Groups.FirstOrDefault(part => part.Links[0] == group.Links[0]);

    /// <summary>Whether a group is an additional section (see <see cref="GroupPart.IsSection"/>).</summary>
    public bool IsSection(SignalGroup group) => Of(group) is { IsSection: true };

    /// <summary>What people call a group; null where nothing is said.</summary>
    public string? NameOf(SignalGroup group) => Of(group)?.Name is { Length: > 0 } name ? name : null;

    /// <summary>Says nothing but a profile.</summary>
    public static IntersectionPart Silent(IntersectionId id, SignalProfile profile) => new("", id, Names.None, profile, null, [], []);
}

/// <summary>How it is known that an intersection has a light.</summary>
public enum LightStatus
{
    /// <summary>The file does not say.</summary>
    Unsaid,

    /// <summary>A source tells of it.</summary>
    Documented,

    /// <summary>It is likely, from the roads that meet there.</summary>
    Inferred,

    /// <summary>It is invented.</summary>
    Synthetic,
}

/// <summary>What the file says of one signal group.</summary>
/// <param name="Links">Its signal links, rising: exactly those of one group of the network.</param>
/// <param name="Name">What people call it, such as K1; empty for nothing.</param>
/// <param name="MinimumGreenSeconds">Shortest green, flashing green included; null for what is derived.</param>
/// <param name="CrossingMetres">Measured length of its longest crossing, kerb to kerb; null for what the network draws.</param>
/// <param name="NemaPhase">Its number in a NEMA controller, 1 to 16; null for none.</param>
/// <param name="Channel">Its output in the cabinet, 1 to 64; null for none.</param>
public sealed record GroupPart(
    string Where, ImmutableArray<int> Links, string Name, int? MinimumGreenSeconds, double? CrossingMetres, int? NemaPhase, int? Channel)
{
    /// <summary>It is an additional section with an arrow beside a main light: where a light of its own would be red or amber, it is dark. For people: to
    /// decider and monitor dark is red.</summary>
    public bool IsSection { get; init; }

    /// <summary>A queue limit is no shorter, in metres.</summary>
    public const int LeastQueueLimit = 30;

    /// <summary>A longer queue would not be seen.</summary>
    public const int MostQueueLimit = 180;

    /// <summary>The longest queue that metering may hold on a lane of the group, in metres, <see cref="LeastQueueLimit"/> to <see cref="MostQueueLimit"/>; null where only the limit of the run counts.</summary>
    public int? QueueLimitMetres { get; init; }
}

/// <summary>An intergreen that the file raises, between the groups of two links.</summary>
/// <param name="From">A link of the group that ends.</param>
/// <param name="To">A link of the group that starts.</param>
public sealed record IntergreenPart(string Where, int From, int To, int Seconds);

/// <summary>Intersections along a road, in order.</summary>
/// <param name="Where">File and JSON path, for errors.</param>
/// <param name="Intersections">At least two, each once.</param>
public sealed record CorridorPart(string Where, string Id, Names Names, ImmutableArray<IntersectionId> Intersections);

/// <summary>What people call a thing, by language; null where the file has no name in it.</summary>
public sealed record Names(string? En, string? Ru, string? Kk)
{
    public static Names None { get; } = new(null, null, null);

    /// <summary>One of them, English first; null without any.</summary>
    public string? Any => En ?? Ru ?? Kk;
}
