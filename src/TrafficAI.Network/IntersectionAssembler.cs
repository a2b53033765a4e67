using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>Builds the intersections: stop lines, what can be seen before them, and where loops lie.</summary>
internal static class IntersectionAssembler
{
    public static ImmutableArray<Intersection> Assemble(SignalTable signals, ImmutableArray<Lane> lanes, ImmutableArray<Connection> connections)
    {
        var approaches = new ApproachChains(lanes, connections);
        return [.. signals.Signals.Select((signal, index) => Assemble(signal, index, lanes, connections, approaches))];
    }

    private static Intersection Assemble(
        SignalRecord signal, int index, ImmutableArray<Lane> lanes, ImmutableArray<Connection> connections, ApproachChains approaches)
    {
        var forVehicles = signal.Links.SelectMany(link => link).Where(connection => IsForVehicles(connections[connection], lanes)).ToArray();
        var stopLanes = FindStopLanes(forVehicles, connections);
        ImmutableArray<int> exitLanes = [.. forVehicles.Select(connection => connections[connection].ToLane).Distinct().Order()];
        return new(
            index,
            signal.Id,
            signal.Program,
            signal.Junctions,
            signal.Links,
            stopLanes,
            approaches.Observe(stopLanes),
            exitLanes,
            DetectorLayout.Place(stopLanes, exitLanes, lanes, approaches));
    }

    private static bool IsForVehicles(Connection connection, ImmutableArray<Lane> lanes)
    {
        var allowed = lanes[connection.FromLane].Allowed & lanes[connection.ToLane].Allowed & VehicleClasses.Motor;
        return (connection.ViaLane < 0 ? allowed : allowed & lanes[connection.ViaLane].Allowed) != VehicleClasses.None;
    }

    /// <summary>In the order of their lowest signal links, which goes round the junction.</summary>
    private static ImmutableArray<StopLane> FindStopLanes(int[] byLink, ImmutableArray<Connection> connections) =>
        [.. byLink.GroupBy(connection => connections[connection].FromLane).Select((lane, index) => new StopLane(index, lane.Key, [.. lane.Order()]))];
}
