using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>Ways between signalised intersections, which pass no light.</summary>
internal sealed class OpenWays
{
    /// <summary>Farther apart nobody can be known again.</summary>
    private const double FarthestMetres = 2000;

    /// <summary>How far before its approach a vehicle enters at most, metres: room for a queue.</summary>
    private const double LongestEntryMetres = 800;

    private readonly RoadNetwork network;
    private readonly List<(int Edge, double InsideMetres)>[] onward;
    private readonly List<int>[] back;

    public OpenWays(RoadNetwork network)
    {
        this.network = network;
        onward = [.. network.Edges.Select(_ => new List<(int, double)>())];
        back = [.. network.Edges.Select(_ => new List<int>())];
        foreach (var connection in network.Connections)
        {
            var (from, to) = (network.Lanes[connection.FromLane], network.Lanes[connection.ToLane]);
            if (connection.Signal >= 0 || !IsStreet(from.Edge) || !IsStreet(to.Edge) || (from.Allowed & to.Allowed & VehicleClasses.Passenger) == 0) continue;
            if (onward[from.Edge].Exists(next => next.Edge == to.Edge) || connection.Direction == TurnDirection.UTurn) continue;
            onward[from.Edge].Add((to.Edge, connection.LengthInsideMetres));
            back[to.Edge].Add(from.Edge);
        }
    }

    /// <summary>The shortest way from the begin of an edge to the end of each that can be reached.</summary>
    public Dictionary<int, OpenWay> From(int edge)
    {
        var found = new Dictionary<int, OpenWay>();
        var open = new PriorityQueue<OpenWay, (double, int)>();
        open.Enqueue(new([edge], Length(edge), Seconds(edge)), (0, edge));
        while (open.TryDequeue(out var way, out _))
        {
            var at = way.Edges[^1];
            if (!found.TryAdd(at, way) || way.Metres > FarthestMetres) continue;
            foreach (var (next, inside) in onward[at])
            {
                var metres = way.Metres + inside + Length(next);
                open.Enqueue(new(way.Edges.Add(next), metres, way.Seconds + Seconds(next) + inside / Speed(at)), (metres, next));
            }
        }
        return found;
    }

    /// <summary>The edges along which a vehicle comes that enters before an approach: back to a fork of the ways, or a border.</summary>
    public OpenWay Entry(int approach)
    {
        var way = new OpenWay([approach], Length(approach), Seconds(approach));
        while (way.Metres < LongestEntryMetres && back[way.Edges[0]] is [var before] && !way.Edges.Contains(before))
            way = new(way.Edges.Insert(0, before), way.Metres + Length(before), way.Seconds + Seconds(before));
        return way;
    }

    /// <summary>Seconds that it takes to drive a distance at the speed of an edge.</summary>
    public double SecondsAt(int edge, double metres) => metres / Speed(edge);

    private bool IsStreet(int edge) => network.Edges[edge].Function is EdgeFunction.Normal or EdgeFunction.Connector;

    private double Length(int edge) => network.Lanes[network.Edges[edge].Lanes[0]].LengthMetres;

    private double Speed(int edge) => network.Lanes[network.Edges[edge].Lanes[0]].SpeedLimitMetresPerSecond;

    private double Seconds(int edge) => Length(edge) / Speed(edge);
}

/// <param name="Seconds">At the speed limits.</param>
internal sealed record OpenWay(ImmutableArray<int> Edges, double Metres, double Seconds);
