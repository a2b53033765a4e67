using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Finds the way of vehicles through given lights in their order, and through no other light, or through as few others as need be.</summary>
public sealed class RouteFinder
{
    /// <summary>A way that turns counts as so much longer: a corridor goes straight on where it can.</summary>
    private const double TurnSeconds = 60;

    /// <summary>And so does a light that is not one of the given.</summary>
    private const double OtherSeconds = 60;

    private readonly RoadNetwork network;
    private readonly ImmutableArray<int> lights;
    private readonly ILookup<int, Connection> ways;
    private readonly bool takesOthers;

    private RouteFinder(RoadNetwork network, ImmutableArray<int> lights, bool takesOthers)
    {
        (this.network, this.lights, this.takesOthers) = (network, lights, takesOthers);
        ways = network.Connections.Where(IsForVehicles).ToLookup(c => network.Lanes[c.FromLane].Edge);
    }

    /// <summary>The stop lines of the way that is shortest at the speed limits, each turn counted as a minute.</summary>
    /// <param name="lights">Indices of intersections in the network, each once, at least one.</param>
    /// <param name="reached">How many of the lights can be reached in order; all of them where there is a way.</param>
    /// <returns>One per light; empty where there is no way.</returns>
    public static ImmutableArray<RouteStop> Find(RoadNetwork network, ImmutableArray<int> lights, out int reached) =>
        new RouteFinder(network, lights, takesOthers: false).Find(out reached);

    /// <summary>The same, but where other lights stand between, they are stop lines of the way too: one carriageway of a road often has lights that the other has not.</summary>
    /// <returns>One per light that is passed, the given ones among them in their order; empty where there is no way.</returns>
    public static ImmutableArray<RouteStop> FindAlong(RoadNetwork network, ImmutableArray<int> lights)
    {
        var direct = Find(network, lights, out _);
        return direct.IsEmpty ? new RouteFinder(network, lights, takesOthers: true).Find(out _) : direct;
    }

    private ImmutableArray<RouteStop> Find(out int reached)
    {
        var from = new Dictionary<Place, Step>();
        var open = new PriorityQueue<(Place Place, Step Step), (double, int, int)>();
        reached = 0;
        foreach (var edge in network.Edges.Where(e => ways[e.Index].Any(w => w.Signal == lights[0])))
            open.Enqueue((new(edge.Index, 0), new(default, null, 0)), (0, edge.Index, 0));
        while (open.TryDequeue(out var next, out _))
        {
            if (!from.TryAdd(next.Place, next.Step)) continue;
            reached = Math.Max(reached, next.Place.Passed);
            if (next.Place.Passed == lights.Length) return Stops(from, next.Place);
            foreach (var way in ways[next.Place.Edge])
            {
                if (PassedAfter(next.Place.Passed, way) is not { } passed) continue;
                var cost = next.Step.Cost + Seconds(way) + (way.Direction == TurnDirection.Straight ? 0 : TurnSeconds) + (IsOther(way) ? OtherSeconds : 0);
                var place = new Place(EdgeTo(way), passed);
                if (!from.ContainsKey(place)) open.Enqueue((place, new(next.Place, way, cost)), (cost, place.Edge, way.Index));
            }
        }

        return [];
    }

    /// <summary>How many of the lights lie behind after a way; null where it may not be taken.</summary>
    private int? PassedAfter(int passed, Connection way)
    {
        if (way.Signal == lights[passed]) return passed + 1;
        var known = passed > 0 && (way.Signal < 0 || way.Signal == lights[passed - 1] || (takesOthers && IsOther(way))); // one light may stand at several junctions
        return known ? passed : null;
    }

    private bool IsOther(Connection way) => way.Signal >= 0 && !lights.Contains(way.Signal);

    private ImmutableArray<RouteStop> Stops(Dictionary<Place, Step> from, Place end)
    {
        var path = new Stack<Connection>();
        for (var at = end; from[at].Way is { } way; at = from[at].Before) path.Push(way);

        var stops = ImmutableArray.CreateBuilder<RouteStop>(lights.Length);
        double metres = 0, seconds = 0;
        foreach (var way in path)
        {
            if (way.Signal >= 0 && stops.All(stop => stop.Intersection != way.Signal)) stops.Add(StopAt(way, metres, seconds));
            (metres, seconds) = (metres + Metres(way), seconds + Seconds(way));
        }

        return stops.ToImmutable();
    }

    private RouteStop StopAt(Connection way, double metres, double seconds)
    {
        var beside = ways[network.Lanes[way.FromLane].Edge].Where(w => w.Signal == way.Signal && EdgeTo(w) == EdgeTo(way)).ToList();
        return new(way.Signal, metres, seconds, [.. beside.Select(w => w.FromLane).Distinct().Order()], [.. beside.Select(w => w.SignalLink).Distinct().Order()]);
    }

    private bool IsForVehicles(Connection way) =>
        !way.IsCrossing && way.Direction != TurnDirection.UTurn && network.Edges[network.Lanes[way.FromLane].Edge].Function == EdgeFunction.Normal
        && (network.Lanes[way.FromLane].Allowed & network.Lanes[way.ToLane].Allowed & VehicleClasses.Passenger) != 0;

    private int EdgeTo(Connection way) => network.Lanes[way.ToLane].Edge;

    private double Metres(Connection way) => way.LengthInsideMetres + network.Lanes[way.ToLane].LengthMetres;

    private double Seconds(Connection way) => Metres(way) / network.Lanes[way.ToLane].SpeedLimitMetresPerSecond;

    /// <param name="Passed">Lights of the corridor that lie behind.</param>
    private readonly record struct Place(int Edge, int Passed);

    /// <param name="Way">How one comes here; null at the beginning.</param>
    private readonly record struct Step(Place Before, Connection? Way, double Cost);
}
