using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>A stop lane as measures see it.</summary>
/// <param name="Id">Name of the lane.</param>
/// <param name="Approach">Index of its approach.</param>
/// <param name="Groups">Indices of the signal groups that let it go, rising.</param>
/// <param name="Movements">Indices of its movements.</param>
/// <param name="StopDetector">Index of its stop loop in a frame's readings; −1 for none.</param>
/// <param name="AdvanceDetector">Index of its advance loop; −1 for none, or where the loop is that of an earlier lane.</param>
/// <param name="AdvanceMilliseconds">From the advance loop to the stop line at the speed limit.</param>
public sealed record MeasuredLane(
    int Index, string Id, int Approach, ImmutableArray<int> Groups, ImmutableArray<int> Movements, int StopDetector, int AdvanceDetector, int AdvanceMilliseconds)
{
    /// <summary>Index of the detector that counts over the stop line; the stop loop itself, unless a list has another one.</summary>
    public int CountDetector { get; init; } = StopDetector;
}

/// <summary>The stop lanes of one road.</summary>
/// <param name="Id">Name of the edge.</param>
/// <param name="SightDecimetres">From the stop line to where it begins, or to the end of sight.</param>
public sealed record MeasuredApproach(int Index, string Id, ImmutableArray<int> Lanes, int SightDecimetres);

/// <summary>One way from a stop lane through the intersection.</summary>
/// <param name="Id">Names of the lanes, such as <c>w_0&gt;e_0</c>.</param>
/// <param name="Exit">Index of the exit lane.</param>
public sealed record MeasuredMovement(int Index, string Id, int Lane, int Group, int Exit, TurnDirection Direction);

/// <summary>A signal group as measures see it.</summary>
/// <param name="Name">What people call it; its number from 1 without a name.</param>
/// <param name="Phase">Its number in NEMA's terms (<c>nemaPhase</c> of signals.json), else its number from 1.</param>
/// <param name="FlashingGreenSeconds">How long every green promises to flash before it ends; 0 for no promise.</param>
/// <param name="HasBoard">It has a countdown board.</param>
public sealed record MeasuredGroup(int Index, string Name, GroupKind Kind, int Phase, int FlashingGreenSeconds, bool HasBoard = false)
{
    /// <summary>Somebody relies on when its light changes.</summary>
    public bool MakesPromises => HasBoard || FlashingGreenSeconds > 0;
}

/// <summary>A lane on which vehicles are tracked; the stop lanes come first.</summary>
/// <param name="StopLanes">Indices of the stop lanes that it leads to.</param>
/// <param name="LimitDecimetresPerSecond">Its speed limit, at least 1.</param>
public sealed record MeasuredSight(int Approach, ImmutableArray<int> StopLanes, int LimitDecimetresPerSecond);

/// <summary>An exit lane and its loop.</summary>
public sealed record MeasuredExit(int Index, string Id, int Detector);

/// <summary>A detector and the number under which it goes into event lists.</summary>
/// <param name="Channel">From 1.</param>
public sealed record MeasuredDetector(int Index, string Id, int Channel);

/// <summary>What measures must know of an intersection; immutable.</summary>
/// <param name="PhaseGreens">Per phase one flag per group.</param>
/// <param name="Sights">In the order of the lanes of tracked objects.</param>
public sealed record IntersectionLayout(
    IntersectionId Id,
    ImmutableArray<MeasuredLane> Lanes,
    ImmutableArray<MeasuredApproach> Approaches,
    ImmutableArray<MeasuredMovement> Movements,
    ImmutableArray<MeasuredGroup> Groups,
    ImmutableArray<MeasuredSight> Sights,
    ImmutableArray<MeasuredExit> Exits,
    ImmutableArray<MeasuredDetector> Detectors,
    ImmutableArray<ImmutableArray<bool>> PhaseGreens)
{
    /// <summary>Milliseconds from 1970-01-01T00:00Z to street second 0.</summary>
    public long StartMilliseconds { get; init; } = Instant.ScenarioStart.Milliseconds;

    /// <summary>What its controller holds, for what countdown boards show; null where that is not known.</summary>
    public IntersectionSignals? Signals { get; init; }

    /// <summary>It comes from a high-resolution event list, which tells nothing of controllers' modes, links and decisions.</summary>
    public bool IsListed { get; init; }

    /// <summary>A stop loop is short, so that the gaps between vehicles of a queue that leaves clear it: a second in which it was occupied at any time counts as
    /// occupied. False for detectors as long as 6 m or more, whose time counts as it is.</summary>
    public bool HasShortLoops { get; init; } = true;
}
