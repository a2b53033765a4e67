using System.Collections;
using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>The shortest way on foot, along edges that pedestrians may use, in either direction.</summary>
/// <remarks>Dijkstra (1959). Which side of the street, and which crossings, is left to whoever simulates the walk.</remarks>
internal sealed class WalkingPath
{
    private readonly EdgeGraph graph;
    private readonly List<int>[] edgesAt;

    public WalkingPath(EdgeGraph graph)
    {
        this.graph = graph;
        edgesAt = [.. graph.Network.Junctions.Select(_ => new List<int>())];
        foreach (var edge in graph.Network.Edges)
        {
            if (edge.From < 0 || edge.To < 0 || !graph.Admits(edge.Index, VehicleClasses.Pedestrian)) continue;
            edgesAt[edge.From].Add(edge.Index);
            if (edge.To != edge.From) edgesAt[edge.To].Add(edge.Index);
        }
    }

    /// <summary>The edges from one to the other, both included; empty if there is no way.</summary>
    public ImmutableArray<int> Find(int from, int to)
    {
        if (from == to) return [from];
        var (metres, previous, done) = (new double[graph.Network.Edges.Length], new int[graph.Network.Edges.Length], new BitArray(graph.Network.Edges.Length));
        Array.Fill(metres, double.PositiveInfinity);
        (metres[from], previous[from]) = (0, -1);
        var frontier = new PriorityQueue<int, (double Metres, int Edge)>();
        frontier.Enqueue(from, (0, from));
        while (frontier.TryDequeue(out var edge, out _))
        {
            if (edge == to) return PathTo(to, previous);
            if (done[edge]) continue;
            done[edge] = true;
            var reached = metres[edge] + (edge == from ? 0 : graph.Network.Lanes[graph.Network.Edges[edge].Lanes[0]].LengthMetres);
            foreach (var next in Neighbours(edge))
            {
                if (done[next] || reached >= metres[next]) continue;
                (metres[next], previous[next]) = (reached, edge);
                frontier.Enqueue(next, (reached, next));
            }
        }
        return [];
    }

    private IEnumerable<int> Neighbours(int edge) => edgesAt[graph.Network.Edges[edge].To].Concat(edgesAt[graph.Network.Edges[edge].From]);

    private static ImmutableArray<int> PathTo(int edge, int[] previous)
    {
        var path = new List<int>();
        for (var at = edge; at >= 0; at = previous[at])
            path.Add(at);
        path.Reverse();
        return [.. path];
    }
}
