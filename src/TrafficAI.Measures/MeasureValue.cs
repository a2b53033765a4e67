using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Measures;

/// <summary>Why a measure has no value.</summary>
public enum Missing
{
    /// <summary>It has one.</summary>
    Nothing,

    /// <summary>No frame came in the window.</summary>
    Frames,

    /// <summary>Only tracked vehicles tell it, and there were loops.</summary>
    TrackedVehicles,

    /// <summary>No detector serves it.</summary>
    Detectors,

    /// <summary>No vehicle came.</summary>
    Vehicles,

    /// <summary>No vehicle of that class came, or sensors tell no classes.</summary>
    Buses,

    /// <summary>No cycle of the signals was seen from end to end.</summary>
    Cycles,

    /// <summary>No optimiser decided, or its decisions were not recorded.</summary>
    Decisions,

    /// <summary>Push buttons are not recorded.</summary>
    PedestrianCalls,

    /// <summary>Nobody asked for priority.</summary>
    Requests,

    /// <summary>It takes a run of the same traffic without it: <c>replay --what-if</c>.</summary>
    Counterfactual,

    /// <summary>Nothing was promised: no green flashes before it ends.</summary>
    Promises,

    /// <summary>No green ended in the window.</summary>
    Terminations,

    /// <summary>Event lists do not tell it.</summary>
    Log,

    /// <summary>Some intersection on the way tells no delay.</summary>
    DelayOnTheWay,
}

/// <summary>One measure: a value with its coverage, or why there is none.</summary>
/// <param name="Id">As in <see cref="MeasureDefinition"/>.</param>
/// <param name="Value">In the unit of the definition; null where it cannot be computed. No data is never 0.</param>
/// <param name="Coverage">Share of the seconds of the window with the data needed, 0 to 1.</param>
/// <param name="Missing">Why there is no value.</param>
public readonly record struct MeasureValue(string Id, double? Value, double Coverage, Missing Missing);

/// <summary>What a measure is of.</summary>
public enum SubjectKind
{
    Approach,
    Lane,
    Group,
    Movement,
    Exit,
    Detector,
    Strategy,
    Level,
}

/// <summary>The measures of a part of an intersection.</summary>
/// <param name="Name">Of the part: its lane, edge, signal group, detector, strategy or rung.</param>
public sealed record SubjectMeasures(SubjectKind Kind, string Name, ImmutableArray<MeasureValue> Values);

/// <summary>The measures of an intersection in one bin of time.</summary>
/// <param name="From">First street second.</param>
/// <param name="To">The street second after the last.</param>
public sealed record BinMeasures(long From, long To, ImmutableArray<MeasureValue> Values);

/// <summary>The measures of one intersection.</summary>
/// <param name="From">First street second.</param>
/// <param name="To">The street second after the last.</param>
/// <param name="Values">Of the whole intersection.</param>
/// <param name="Subjects">Of its parts, by kind, in their order.</param>
/// <param name="Bins">Over time.</param>
public sealed record IntersectionMeasures(
    IntersectionId Id, long From, long To, ImmutableArray<MeasureValue> Values, ImmutableArray<SubjectMeasures> Subjects, ImmutableArray<BinMeasures> Bins)
{
    /// <summary>A measure of the whole intersection; null for none of that name.</summary>
    public MeasureValue? Of(string id) => Find(Values, id);

    /// <summary>A measure of a part; null for none of that name.</summary>
    public MeasureValue? Of(SubjectKind kind, string name, string id) =>
        Subjects.FirstOrDefault(s => s.Kind == kind && s.Name == name) is { } subject ? Find(subject.Values, id) : null;

    internal static MeasureValue? Find(ImmutableArray<MeasureValue> values, string id)
    {
        foreach (var value in values)
            if (value.Id == id) return value;
        return null;
    }
}

/// <summary>One way along a corridor.</summary>
/// <param name="Id">Of the corridor in signals.json.</param>
/// <param name="Stops">Its intersections in driving order.</param>
public sealed record CorridorMeasures(string Id, ImmutableArray<IntersectionId> Stops, ImmutableArray<MeasureValue> Values);

/// <summary>The measures of a site.</summary>
/// <param name="From">First street second.</param>
/// <param name="To">The street second after the last.</param>
/// <param name="Values">Of all intersections together.</param>
/// <param name="Corridors">Outbound, then inbound, as signals.json names them.</param>
/// <param name="Bins">All intersections together, over time.</param>
public sealed record SiteMeasures(
    long From, long To, ImmutableArray<MeasureValue> Values, ImmutableArray<IntersectionMeasures> Intersections, ImmutableArray<CorridorMeasures> Corridors,
    ImmutableArray<BinMeasures> Bins)
{
    /// <summary>A measure of the site; null for none of that name.</summary>
    public MeasureValue? Of(string id) => IntersectionMeasures.Find(Values, id);
}
