using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Lays out an intersection for measures.</summary>
public static class LayoutBuilder
{
    private const double RangeMetres = 200;

    /// <param name="part">What <c>signals.json</c> says of it: names and NEMA numbers.</param>
    /// <param name="start">Street second 0.</param>
    public static IntersectionLayout Build(RoadNetwork network, Intersection intersection, IntersectionSignals signals, IntersectionPart part, Instant start)
    {
        var edges = intersection.StopLanes.Select(lane => network.Lanes[lane.Lane].Edge).Distinct().ToImmutableArray();
        var movements = Movements(network, intersection, signals);
        return new(
            intersection.Id,
            [.. intersection.StopLanes.Select(stop => Lane(network, intersection, stop, edges.IndexOf(network.Lanes[stop.Lane].Edge), movements))],
            [.. edges.Select((edge, i) => Approach(network, intersection, edge, i))],
            movements,
            Groups(signals, part),
            [.. intersection.ObservedLanes.Select(lane => Sight(network, intersection, lane, edges))],
            [.. intersection.ExitLanes.Select((lane, i) => Exit(network, intersection, lane, i))],
            [.. intersection.Detectors.Select(detector => new MeasuredDetector(detector.Index, detector.Id, detector.Index + 1))],
            [.. signals.Phases.Select(phase => phase.Green)]) { StartMilliseconds = start.Milliseconds, Signals = signals };
    }

    private static ImmutableArray<MeasuredMovement> Movements(RoadNetwork network, Intersection intersection, IntersectionSignals signals)
    {
        var groupOf = new int[signals.LinkCount];
        foreach (var group in signals.Groups)
            foreach (var link in group.Links) groupOf[link] = group.Index;
        return
        [
            .. intersection.StopLanes.SelectMany(lane => lane.Connections.Select(c => (Lane: lane.Index, Way: network.Connections[c]))).Select((at, index) => new MeasuredMovement(
                index, $"{network.Lanes[at.Way.FromLane].Id}>{network.Lanes[at.Way.ToLane].Id}", at.Lane, groupOf[at.Way.SignalLink],
                intersection.ExitLanes.IndexOf(at.Way.ToLane), at.Way.Direction)),
        ];
    }

    private static MeasuredLane Lane(RoadNetwork network, Intersection intersection, StopLane stop, int approach, ImmutableArray<MeasuredMovement> movements)
    {
        var own = movements.Where(m => m.Lane == stop.Index).ToArray();
        var advance = intersection.Detectors.First(d => d.Kind == DetectorKind.Advance && d.StopLane == stop.Index);
        var owner = intersection.Detectors.First(d => d.Kind == DetectorKind.Advance && d.Lane == advance.Lane && d.PositionMetres == advance.PositionMetres);
        var metres = (intersection.ObservedLanes.FirstOrDefault(o => o.Lane == advance.Lane)?.OffsetMetres ?? 0) + network.Lanes[advance.Lane].LengthMetres - advance.PositionMetres;
        return new(
            stop.Index, network.Lanes[stop.Lane].Id.Value, approach, [.. own.Select(m => m.Group).Distinct().Order()], [.. own.Select(m => m.Index)],
            intersection.Detectors.First(d => d.Kind == DetectorKind.Stop && d.StopLane == stop.Index).Index,
            owner == advance ? advance.Index : -1, (int)(1000 * metres / network.Lanes[stop.Lane].SpeedLimitMetresPerSecond));
    }

    private static MeasuredApproach Approach(RoadNetwork network, Intersection intersection, int edge, int index)
    {
        var lanes = intersection.StopLanes.Where(stop => network.Lanes[stop.Lane].Edge == edge).Select(stop => stop.Index).ToImmutableArray();
        var sight = intersection.ObservedLanes.Where(o => o.StopLanes.Any(lanes.Contains)).Max(o => o.OffsetMetres + network.Lanes[o.Lane].LengthMetres);
        return new(index, network.Edges[edge].Id.Value, lanes, (int)(10 * Math.Min(RangeMetres, sight)));
    }

    private static ImmutableArray<MeasuredGroup> Groups(IntersectionSignals signals, IntersectionPart part) =>
    [
        .. signals.Groups.Select(group =>
        {
            var number = group.Index + 1;
            var name = part.NameOf(group) ?? number.ToString(CultureInfo.InvariantCulture);
            return new MeasuredGroup(group.Index, name, group.Kind, part.Of(group)?.NemaPhase ?? number, group.FlashingGreenSeconds, group.CountdownSeconds > 0);
        }),
    ];

    private static MeasuredSight Sight(RoadNetwork network, Intersection intersection, ObservedLane observed, ImmutableArray<int> edges)
    {
        var edge = observed.StopLanes.IsEmpty ? -1 : network.Lanes[intersection.StopLanes[observed.StopLanes[0]].Lane].Edge;
        return new(edges.IndexOf(edge), observed.StopLanes, Math.Max(1, (int)(10 * network.Lanes[observed.Lane].SpeedLimitMetresPerSecond)));
    }

    private static MeasuredExit Exit(RoadNetwork network, Intersection intersection, int lane, int index) =>
        new(index, network.Lanes[lane].Id.Value, intersection.Detectors.First(d => d.Kind == DetectorKind.Exit && d.Lane == lane).Index);
}
