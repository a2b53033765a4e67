using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Lays out an intersection for estimation and strategies.</summary>
public static class IntersectionModelBuilder
{
    /// <summary>Joins network and signals.</summary>
    /// <remarks>A letter <c>s</c> (red with a turn after stopping) gives no right: such turns happen anyway, at a rate that no phase
    /// should be chosen for.</remarks>
    public static IntersectionModel Build(RoadNetwork network, Intersection intersection, IntersectionSignals signals)
    {
        var connections = intersection.StopLanes.SelectMany(lane => lane.Connections).Select(c => network.Connections[c]).ToArray();
        var movements = Movements(network, intersection, signals, connections);
        return new(
            intersection,
            signals,
            [.. intersection.StopLanes.Select(lane => Lane(network, intersection, lane, movements))],
            movements,
            [.. signals.Phases.SelectMany(phase => movements.Select(m => RightIn(phase, m.Link)))],
            [.. intersection.ExitLanes.Select(lane => Find(intersection, DetectorKind.Exit, d => d.Lane == lane))],
            Upstream.Approaches(intersection),
            Upstream.NextObserved(network, intersection),
            [.. signals.Groups.Where(g => IsUnseen(intersection, movements, g)).Select(g => g.Index)]);
    }

    private static bool IsUnseen(Intersection intersection, ImmutableArray<Movement> movements, SignalGroup group) =>
        group.Links.Any(link => !intersection.Links[link].IsEmpty) && !movements.Any(m => m.Group == group.Index);

    private static ImmutableArray<Movement> Movements(
        RoadNetwork network, Intersection intersection, IntersectionSignals signals, Connection[] connections)
    {
        var stopLanes = intersection.StopLanes.SelectMany(lane => lane.Connections.Select(_ => lane.Index)).ToArray();
        var groupOfLink = GroupOfLink(signals);
        return
        [
            .. connections.Select((connection, index) => new Movement(
                index,
                stopLanes[index],
                connection.SignalLink,
                groupOfLink[connection.SignalLink],
                intersection.ExitLanes.IndexOf(connection.ToLane),
                connection.Direction,
                YieldsTo(network, connections, index),
                Crosses(network, connections, index),
                WaitsInside(network, connection),
                connection.LengthInsideMetres)),
        ];
    }

    private static int[] GroupOfLink(IntersectionSignals signals)
    {
        var groups = new int[signals.LinkCount];
        foreach (var group in signals.Groups)
        {
            foreach (var link in group.Links) groups[link] = group.Index;
        }

        return groups;
    }

    private static ImmutableArray<int> YieldsTo(RoadNetwork network, Connection[] connections, int index) =>
    [
        .. Enumerable.Range(0, connections.Length).Where(other =>
            connections[other].FromLane != connections[index].FromLane && network.YieldsTo(connections[index], connections[other])),
    ];

    private static ImmutableArray<int> Crosses(RoadNetwork network, Connection[] connections, int index) =>
    [
        .. Enumerable.Range(0, connections.Length).Where(other =>
            connections[other].FromLane != connections[index].FromLane && network.AreFoes(connections[index], connections[other])),
    ];

    private static bool WaitsInside(RoadNetwork network, Connection connection) =>
        connection.Request >= 0
        && connection.Request < network.Junctions[connection.Junction].Rows.Length
        && network.Junctions[connection.Junction].Rows[connection.Request].WaitsInside;

    private static Right RightIn(Phase phase, int link) => phase.Letters[link] switch
    {
        'G' => Right.Protected,
        'g' => Right.Yielding,
        _ => Right.None,
    };

    private static LaneModel Lane(RoadNetwork network, Intersection intersection, StopLane stop, ImmutableArray<Movement> movements)
    {
        var lane = network.Lanes[stop.Lane];
        var advance = Find(intersection, DetectorKind.Advance, d => d.StopLane == stop.Index);
        return new(
            stop.Index,
            lane.LengthMetres,
            lane.SpeedLimitMetresPerSecond,
            [.. movements.Where(m => m.StopLane == stop.Index).Select(m => m.Index)],
            Find(intersection, DetectorKind.Stop, d => d.StopLane == stop.Index),
            advance,
            AdvanceDistance(network, intersection, intersection.Detectors[advance]),
            lane.Edge);
    }

    private static double AdvanceDistance(RoadNetwork network, Intersection intersection, Detector detector)
    {
        var observed = intersection.ObservedLanes.FirstOrDefault(o => o.Lane == detector.Lane);
        return (observed?.OffsetMetres ?? 0) + network.Lanes[detector.Lane].LengthMetres - detector.PositionMetres;
    }

    private static int Find(Intersection intersection, DetectorKind kind, Func<Detector, bool> of) =>
        intersection.Detectors.First(d => d.Kind == kind && of(d)).Index;
}
