using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>What never changes about an intersection, laid out for estimation and strategies. Built once, by one procedure for all.</summary>
/// <param name="Lanes">One per stop lane of the intersection, in its order.</param>
/// <param name="Rights">Row by row, phases × movements.</param>
/// <param name="ExitDetectors">Per exit lane the index of its loop in a frame's readings.</param>
/// <param name="Approaches">Stop lanes that share a lane upstream, so that the queue of one can block the others: every stop lane is in
/// exactly one, most are alone.</param>
/// <param name="NextObserved">Row by row, observed lanes × stop lanes: the observed lane that follows on the way to the stop lane; −1 where
/// it does not lead there.</param>
/// <param name="UnseenGroups">Indices of the signal groups whose traffic no detector sees, rising: pedestrians, and lanes for bicycles or
/// trams alone.</param>
public sealed record IntersectionModel(
    Intersection Intersection,
    IntersectionSignals Signals,
    ImmutableArray<LaneModel> Lanes,
    ImmutableArray<Movement> Movements,
    ImmutableArray<Right> Rights,
    ImmutableArray<int> ExitDetectors,
    ImmutableArray<ImmutableArray<int>> Approaches,
    ImmutableArray<int> NextObserved,
    ImmutableArray<int> UnseenGroups)
{
    /// <summary>Links from neighbours, by the neighbour, then its exit lane.</summary>
    public ImmutableArray<StreetLink> Inlets { get; init; } = [];

    /// <summary>Links to neighbours, by the neighbour, then the exit lane.</summary>
    public ImmutableArray<StreetLink> Outlets { get; init; } = [];

    /// <summary>Per stop lane: the longest queue that metering may hold there, in metres; null where only the limit of the run counts. Empty where no lane has one.</summary>
    public ImmutableArray<int?> QueueLimits { get; init; } = [];

    /// <summary>Plans computed from counts; null without any.</summary>
    public DayPlans? Plans { get; init; }

    /// <summary>The observed lane after <paramref name="observedLane"/> on the way to a stop lane; −1 where it does not lead there.</summary>
    public int Next(int observedLane, int stopLane) => NextObserved[observedLane * Lanes.Length + stopLane];

    /// <summary>Whether a phase gives some movement of a lane green.</summary>
    public bool Serves(PhaseId phase, int lane)
    {
        foreach (var movement in Lanes[lane].Movements)
        {
            if (RightOf(phase, movement) != Right.None) return true;
        }

        return false;
    }

    /// <summary>A movement has green in a phase and no vehicle to yield to: at most pedestrians, whom its discharge shows.</summary>
    public bool IsUnopposed(PhaseId phase, int movement)
    {
        if (RightOf(phase, movement) == Right.None) return false;
        if (RightOf(phase, movement) == Right.Protected) return true;
        foreach (var foe in Movements[movement].YieldsTo)
        {
            if (RightOf(phase, foe) != Right.None) return false;
        }

        return true;
    }

    public Right RightOf(PhaseId phase, int movement) => Rights[phase.Index * Movements.Length + movement];
}
