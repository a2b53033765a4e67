using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>What <c>signals.json</c> adds to a SUMO network, as it stands in the file; documented in docs/signals-json.md.</summary>
/// <param name="Date">Second 0 of the scenario, at 00:00 UTC; null where the file names none.</param>
/// <param name="Profile">How groups pass from red to green and back, wherever an intersection names no other.</param>
/// <param name="Provenance">Where the figures come from, for people; empty for nothing.</param>
/// <param name="Intersections">In the order of the file, each id once.</param>
public sealed record SignalsFile(
    Instant? Date,
    SignalProfile Profile,
    string Provenance,
    ImmutableArray<CorridorPart> Corridors,
    ImmutableArray<IntersectionPart> Intersections)
{
    /// <summary>When amber flashes by the time of day, wherever an intersection says nothing else; null for never.</summary>
    public NightFlash? Night { get; init; }

    /// <summary>The name of the file, beside the scenario.</summary>
    public const string FileName = "signals.json";

    /// <summary>Where there is no file.</summary>
    public static SignalsFile None { get; } = new(null, SignalProfile.OfProgramme, "", [], []);

    /// <summary>The moment at which street second 0 begins.</summary>
    public Instant Start => Date ?? Instant.ScenarioStart;

    /// <summary>Reads the file.</summary>
    /// <param name="content">Its bytes: JSON in UTF-8.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="SignalsException">It is not such a file. The message is one line: file, place, what is wrong, what next.</exception>
    public static SignalsFile Read(ReadOnlyMemory<byte> content, string name) => SignalsFileReader.Read(content, name);

    /// <summary>What the file says of an intersection; its profile alone where it says nothing.</summary>
    public IntersectionPart Of(IntersectionId id) =>
        Intersections.FirstOrDefault(part => part.Id == id) ?? IntersectionPart.Silent(id, Profile) with { Night = Night };

    /// <summary>Whether every intersection that the file names is one of the network.</summary>
    /// <exception cref="SignalsException">One is not.</exception>
    public void CheckAgainst(RoadNetwork network)
    {
        foreach (var part in Intersections) Check(network, part.Where + ".id", part.Id);
        foreach (var corridor in Corridors)
            for (var i = 0; i < corridor.Intersections.Length; i++) Check(network, $"{corridor.Where}.intersections[{i}]", corridor.Intersections[i]);
    }

    private static void Check(RoadNetwork network, string where, IntersectionId id)
    {
        if (network.Find(id) is not null) return;
        var some = string.Join(", ", network.Intersections.Take(5).Select(i => $"'{i.Id}'")) + (network.Intersections.Length > 5 ? ", …" : "");
        throw new SignalsException($"{where}: the network has no signal {JsonPlace.Quote(id.Value)}. Name a tlLogic of it ({(some == "" ? "it has none" : some)}).");
    }
}
