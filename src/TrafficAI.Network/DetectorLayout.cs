using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>Where the loops of an intersection lie.</summary>
internal static class DetectorLayout
{
    private const double StopMetresBeforeEnd = 1;
    private const double AdvanceMetresBeforeStopLine = 45;

    /// <summary>A stop lane of this length has its advance loop on itself.</summary>
    private const double LongApproachMetres = 50;

    /// <summary>Where the advance loop of a shorter approach lies, from the beginning of the stop lane.</summary>
    private const double ShortApproachMetres = 2;

    private const double ExitMetresAfterBeginning = 8;

    public static ImmutableArray<Detector> Place(
        ImmutableArray<StopLane> stopLanes, ImmutableArray<int> exitLanes, ImmutableArray<Lane> lanes, ApproachChains approaches)
    {
        var detectors = ImmutableArray.CreateBuilder<Detector>(2 * stopLanes.Length + exitLanes.Length);
        var isStopLane = stopLanes.Select(stop => stop.Lane).ToHashSet();
        foreach (var stop in stopLanes)
        {
            var length = lanes[stop.Lane].LengthMetres;
            var position = length < 2 * StopMetresBeforeEnd ? length / 2 : length - StopMetresBeforeEnd;
            Add(DetectorKind.Stop, "stop", stop.Lane, stop.Lane, position, stop.Index);
        }

        foreach (var stop in stopLanes)
        {
            var (lane, position) = PlaceAdvance(stop.Lane, isStopLane, lanes, approaches);
            Add(DetectorKind.Advance, "advance", stop.Lane, lane, position, stop.Index);
        }

        foreach (var exit in exitLanes)
            Add(DetectorKind.Exit, "exit", exit, exit, Math.Min(ExitMetresAfterBeginning, lanes[exit].LengthMetres / 2), -1);
        return detectors.MoveToImmutable();

        void Add(DetectorKind kind, string word, int namedAfter, int lane, double position, int stopLane) =>
            detectors.Add(new(detectors.Count, $"{lanes[namedAfter].Id}/{word}", kind, lane, position, stopLane));
    }

    private static (int Lane, double Position) PlaceAdvance(
        int stopLane, HashSet<int> isStopLane, ImmutableArray<Lane> lanes, ApproachChains approaches)
    {
        var length = lanes[stopLane].LengthMetres;
        if (length >= LongApproachMetres) return (stopLane, length - AdvanceMetresBeforeStopLine);

        // Upstream as long as there is one way only: behind a fork of the ways it would count vehicles of another approach for this one.
        var lane = stopLane;
        var seen = new HashSet<int> { stopLane };
        for (var passed = length; passed < AdvanceMetresBeforeStopLine; passed += lanes[lane].LengthMetres)
        {
            if (approaches.Upstream(lane) is not [var from] || isStopLane.Contains(from) || !seen.Add(from)) break;
            lane = from;
            var position = passed + lanes[lane].LengthMetres - AdvanceMetresBeforeStopLine;
            if (position >= 0) return (lane, position);
        }

        return (stopLane, Math.Min(ShortApproachMetres, length / 2));
    }
}
