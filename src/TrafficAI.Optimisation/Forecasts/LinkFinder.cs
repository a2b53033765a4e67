using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>Finds the links between the signalised intersections of a network.</summary>
public sealed class LinkFinder
{
    /// <summary>What happens farther away says nothing about who comes when.</summary>
    private const double FarthestMetres = 1000;

    private readonly RoadNetwork network;
    private readonly List<Connection>[] onward;
    private readonly (int Intersection, int StopLane)[] stopLaneAt;

    private LinkFinder(RoadNetwork network)
    {
        this.network = network;
        onward = [.. network.Edges.Select(_ => new List<Connection>())];
        foreach (var connection in network.Connections)
        {
            if (connection.Signal < 0 && IsForVehicles(connection)) onward[network.Lanes[connection.FromLane].Edge].Add(connection);
        }

        stopLaneAt = new (int, int)[network.Lanes.Length];
        Array.Fill(stopLaneAt, (-1, -1));
        foreach (var intersection in network.Intersections)
        {
            foreach (var stop in intersection.StopLanes) stopLaneAt[stop.Lane] = (intersection.Index, stop.Index);
        }
    }

    /// <summary>All links, by the intersection that they leave, then the one that they reach, then the exit lane.</summary>
    public static ImmutableArray<StreetLink> Find(RoadNetwork network)
    {
        var finder = new LinkFinder(network);
        return [.. network.Intersections.SelectMany(finder.From)];
    }

    private bool IsForVehicles(Connection connection) =>
        (network.Lanes[connection.FromLane].Allowed & network.Lanes[connection.ToLane].Allowed & VehicleClasses.Motor) != VehicleClasses.None;

    private IEnumerable<StreetLink> From(Intersection intersection) =>
        Enumerable.Range(0, intersection.ExitLanes.Length)
            .SelectMany(exit => Along(intersection, exit))
            .OrderBy(link => link.To).ThenBy(link => link.Exit);

    private IEnumerable<StreetLink> Along(Intersection from, int exit) =>
        Reached(from.ExitLanes[exit])
            .Where(end => end.Intersection != from.Index)
            .GroupBy(end => end.Intersection)
            .Select(ends => new StreetLink(from.Index, ends.Key, exit, [.. ends.Select(e => e.End).OrderBy(e => e.StopLane)]));

    /// <summary>The stop lanes that can be reached without passing another light, each by the shortest way.</summary>
    private List<(int Intersection, LinkEnd End)> Reached(int exitLane)
    {
        var first = network.Lanes[exitLane].Edge;
        var found = new List<(int, LinkEnd)>();
        var seen = new HashSet<int>();
        var open = new PriorityQueue<(int Edge, double Metres, double Seconds), (double, int)>();
        open.Enqueue((first, 0, 0), (0, first));
        while (open.TryDequeue(out var at, out _))
        {
            if (!seen.Add(at.Edge)) continue;
            var lane = network.Lanes[network.Edges[at.Edge].Lanes[0]];
            var (metres, seconds) = (at.Metres + lane.LengthMetres, at.Seconds + lane.LengthMetres / lane.SpeedLimitMetresPerSecond);
            foreach (var stop in network.Edges[at.Edge].Lanes)
            {
                if (stopLaneAt[stop] is (>= 0, _) end) found.Add((end.Intersection, new(end.StopLane, stop == exitLane, metres, seconds)));
            }

            if (metres < FarthestMetres) GoOn(at.Edge, metres, seconds, open);
        }

        return found;
    }

    private void GoOn(int edge, double metres, double seconds, PriorityQueue<(int Edge, double Metres, double Seconds), (double, int)> open)
    {
        foreach (var connection in onward[edge])
        {
            var next = network.Lanes[connection.ToLane].Edge;
            var inside = connection.LengthInsideMetres;
            open.Enqueue((next, metres + inside, seconds + inside / network.Lanes[connection.FromLane].SpeedLimitMetresPerSecond), (metres + inside, next));
        }
    }
}
