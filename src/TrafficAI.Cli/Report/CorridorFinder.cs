using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Report;

/// <summary>Finds a plain corridor: edges that follow one another by connections straight on, and by no other straight way.</summary>
public sealed class CorridorFinder
{
    private readonly Site site;
    private readonly ImmutableArray<Connection>[] straightOn;

    private CorridorFinder(Site site)
    {
        this.site = site;
        var ways = site.Network.Connections
            .Where(c => c.Direction == TurnDirection.Straight && !c.IsCrossing && FunctionFrom(c) == EdgeFunction.Normal)
            .ToLookup(c => site.Network.Lanes[c.FromLane].Edge);
        straightOn = [.. site.Network.Edges.Select(e => OneWay([.. ways[e.Index]]))];
    }

    /// <summary>A corridor that <c>signals.json</c> names, where one is plain; else the one with most lights; among equals the one with more lanes straight on, then the longer, then the first by name.
    /// Null where no road passes <see cref="Corridor.LeastStops"/> lights.</summary>
    public static Corridor? Find(Site site) => new CorridorFinder(site).Find();

    private Corridor? Find()
    {
        var entered = straightOn.Where(ways => !ways.IsEmpty).Select(ways => EdgeTo(ways[0])).ToHashSet();
        return site.Network.Edges
            .Where(e => e.Function == EdgeFunction.Normal && !entered.Contains(e.Index))
            .Select(Follow)
            .Where(found => found.Corridor.Stops.Length >= Corridor.LeastStops)
            .OrderByDescending(found => site.File.Corridors.Any(named => Passes(found.Corridor, named)))
            .ThenByDescending(found => found.Corridor.Stops.Length)
            .ThenByDescending(found => found.Lanes)
            .ThenByDescending(found => found.Corridor.Stops[^1].DistanceMetres)
            .ThenBy(found => found.Corridor.FirstEdge.Value, StringComparer.Ordinal)
            .FirstOrDefault().Corridor;
    }

    /// <summary>It passes the named intersections in their order.</summary>
    private static bool Passes(Corridor corridor, CorridorPart named)
    {
        var next = 0;
        foreach (var at in corridor.Stops)
            if (next < named.Intersections.Length && at.Intersection == named.Intersections[next]) next++;
        return next == named.Intersections.Length;
    }

    private (Corridor Corridor, int Lanes) Follow(Edge first)
    {
        var stops = ImmutableArray.CreateBuilder<CorridorStop>();
        var passed = new HashSet<int> { first.Index };
        var (last, lanes) = (first.Index, 0);
        double metres = 0, seconds = 0;
        for (var at = first.Index; !straightOn[at].IsEmpty && passed.Add(EdgeTo(straightOn[at][0])); at = last)
        {
            var ways = straightOn[at];
            var signal = ways[0].Signal;
            if (signal >= 0 && stops.All(s => s.Intersection != site.Network.Intersections[signal].Id))
            {
                if (stops.Count == 0) (metres, seconds) = (0, 0);
                stops.Add(new(site.Network.Intersections[signal].Id, metres, seconds, GroupsOf(signal, ways)));
                (last, lanes) = (EdgeTo(ways[0]), lanes + ways.Length);
            }

            var next = site.Network.Lanes[ways[0].ToLane];
            var onward = ways[0].LengthInsideMetres + next.LengthMetres;
            (metres, seconds) = (metres + onward, seconds + onward / next.SpeedLimitMetresPerSecond);
            last = EdgeTo(ways[0]);
        }

        return (new Corridor(first.Id, site.Network.Edges[last].Id, stops.DrainToImmutable()), lanes);
    }

    private ImmutableArray<int> GroupsOf(int signal, ImmutableArray<Connection> ways) =>
        [.. site.Signals[signal].Groups.Where(g => ways.Any(way => g.Links.Contains(way.SignalLink))).Select(g => g.Index)];

    /// <summary>The connections, if they all lead to one edge under one light (or none); else nothing.</summary>
    private ImmutableArray<Connection> OneWay(ImmutableArray<Connection> ways) =>
        ways.Select(w => (EdgeTo(w), w.Signal)).Distinct().Count() == 1 ? ways : [];

    private int EdgeTo(Connection way) => site.Network.Lanes[way.ToLane].Edge;

    private EdgeFunction FunctionFrom(Connection way) => site.Network.Edges[site.Network.Lanes[way.FromLane].Edge].Function;
}
