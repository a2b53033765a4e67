using System.Collections;
using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>The fastest way on an empty street, as SUMO finds it for a trip.</summary>
/// <remarks>Dijkstra (1959), A note on two problems in connexion with graphs. SUMO's costs: length over the driver's speed, lanes inside
/// junctions included, and 1.5 s for each minor link without a light. Of equals the edge that stands first in the network file.</remarks>
internal sealed class ShortestPath(EdgeGraph graph)
{
    private const double MinorPenaltySeconds = 1.5;
    private const int MostPartsInside = 100;

    private readonly Dictionary<(string Type, double Factor, int From, int To), ImmutableArray<int>> known = [];
    private readonly double[] seconds = new double[graph.Network.Edges.Length];
    private readonly int[] previous = new int[graph.Network.Edges.Length];

    /// <summary>The edges from one to the other, both included; empty if there is no way.</summary>
    public ImmutableArray<int> Find(int from, int to, VehicleType type)
    {
        var query = (type.Id, type.SpeedFactor.Mean, from, to);
        if (!known.TryGetValue(query, out var path))
            known.Add(query, path = Search(from, to, type));
        return path;
    }

    private ImmutableArray<int> Search(int from, int to, VehicleType type)
    {
        Array.Fill(seconds, double.PositiveInfinity);
        var done = new BitArray(seconds.Length);
        var frontier = new PriorityQueue<int, (double Seconds, int Edge)>();
        (seconds[from], previous[from]) = (0, -1);
        frontier.Enqueue(from, (0, from));
        while (frontier.TryDequeue(out var edge, out _))
        {
            if (done[edge]) continue;
            if (edge == to) return PathTo(to);
            done[edge] = true;
            Spread(edge, type, done, frontier);
        }
        return [];
    }

    private void Spread(int edge, VehicleType type, BitArray done, PriorityQueue<int, (double Seconds, int Edge)> frontier)
    {
        var left = seconds[edge] + SecondsOn(graph.Network.Edges[edge].Lanes[0], type);
        foreach (var next in graph.Successors(edge, type.Class))
        {
            var reached = left + SecondsInside(next.Connection, type);
            if (done[next.Edge] || reached >= seconds[next.Edge]) continue;
            (seconds[next.Edge], previous[next.Edge]) = (reached, edge);
            frontier.Enqueue(next.Edge, (reached, next.Edge));
        }
    }

    private ImmutableArray<int> PathTo(int edge)
    {
        var path = new List<int>();
        for (var at = edge; at >= 0; at = previous[at])
            path.Add(at);
        path.Reverse();
        return [.. path];
    }

    private double SecondsInside(int connection, VehicleType type)
    {
        var sum = 0.0;
        for (var parts = 0; connection >= 0 && parts < MostPartsInside; parts++)
        {
            var way = graph.Network.Connections[connection];
            if (way.ViaLane < 0) break;
            sum += SecondsOn(way.ViaLane, type) + (IsMinor(way) ? MinorPenaltySeconds : 0);
            connection = graph.Onward(way.ViaLane, way.ToLane);
        }
        return sum;
    }

    /// <summary>Without a light, and nobody there has priority, or somebody else has, or one waits inside the junction.</summary>
    private bool IsMinor(Connection way)
    {
        if (way.Signal >= 0) return false;
        if (graph.Network.Edges[graph.Network.Lanes[way.FromLane].Edge].Function == EdgeFunction.Internal) return true;
        var junction = graph.Network.Junctions[way.Junction];
        return junction.Type is "right_before_left" or "left_before_right" or "allway_stop"
            || way.Request >= 0 && junction.Rows[way.Request].Response.HasAnySet();
    }

    private double SecondsOn(int lane, VehicleType type)
    {
        var one = graph.Network.Lanes[lane];
        var wish = Math.Min(type.MaxSpeed, type.DesiredMaxSpeed * type.SpeedFactor.Mean);
        return one.LengthMetres / Math.Min(wish, one.SpeedLimitMetresPerSecond * type.SpeedFactor.Mean);
    }
}
