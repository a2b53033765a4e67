using TrafficAI.Network;

namespace TrafficAI.Simulation.Map;

/// <summary>A network as flat arrays, made once and then only read. A link is a connection of the network, those inside junctions included:
/// links have the indices of <see cref="RoadNetwork.Connections"/>, lanes and edges those of the network.</summary>
internal sealed class StreetMap
{
    public const int None = -1;

    private readonly int[] linkStart;
    private readonly int[] linkOfLane;
    private readonly int[] entryStart;
    private readonly int[] entryOfLane;
    private readonly int[] inflowStart;
    private readonly Inflow[] inflows;

    public StreetMap(RoadNetwork network)
    {
        Network = network;
        Lanes = [.. network.Lanes.Select(lane => DescribeLane(lane, network))];
        (linkStart, linkOfLane) = Group(network, link => link.FromLane);
        (entryStart, entryOfLane) = Group(network, link => link.ViaLane >= 0 ? link.ViaLane : link.ToLane);
        Links = [.. network.Connections.Select(DescribeLink)];
        for (var lane = 0; lane < Lanes.Length; lane++) Lanes[lane].Exit = LinksFrom(lane) is [var exit, ..] ? exit : None;
        (inflowStart, inflows) = FindInflows();
        Junctions.Describe(this);
    }

    public RoadNetwork Network { get; }

    public LaneFacts[] Lanes { get; }

    public LinkFacts[] Links { get; }

    /// <summary>The links that begin at the end of a lane.</summary>
    public ReadOnlySpan<int> LinksFrom(int lane) => linkOfLane.AsSpan(linkStart[lane]..linkStart[lane + 1]);

    /// <summary>The links that lead onto a lane directly.</summary>
    public ReadOnlySpan<int> LinksOnto(int lane) => entryOfLane.AsSpan(entryStart[lane]..entryStart[lane + 1]);

    /// <summary>The same, without those for people on foot.</summary>
    public ReadOnlySpan<Inflow> InflowsOf(int lane) => inflows.AsSpan(inflowStart[lane]..inflowStart[lane + 1]);

    /// <summary>The lane before a lane inside a junction.</summary>
    public int Before(int insideLane) => LinksOnto(insideLane) is [var link, ..] ? Network.Connections[link].FromLane : None;

    /// <summary>The ordinary lane from which a lane inside a junction is reached; the lane itself if it is ordinary.</summary>
    public int OrdinaryBefore(int lane)
    {
        while (lane >= 0 && Lanes[lane].IsInside) lane = Before(lane);
        return lane;
    }

    /// <summary>The link by which a lane inside a junction was entered from outside.</summary>
    public int EntryOf(int insideLane)
    {
        var link = None;
        for (var lane = insideLane; lane >= 0 && Lanes[lane].IsInside; lane = Network.Connections[link].FromLane)
        {
            if (LinksOnto(lane).IsEmpty) return None;
            link = LinksOnto(lane)[0];
        }

        return link;
    }

    private static LaneFacts DescribeLane(Lane lane, RoadNetwork network)
    {
        var edge = network.Edges[lane.Edge];
        return new()
        {
            Length = lane.LengthMetres,
            Speed = lane.SpeedLimitMetresPerSecond,
            Edge = lane.Edge,
            Position = lane.Position,
            Allowed = lane.Allowed,
            IsInside = edge.Function == EdgeFunction.Internal,
            IsFringe = edge.To >= 0 && network.Junctions[edge.To].Type == "dead_end",
        };
    }

    private LinkFacts DescribeLink(Connection link)
    {
        var onFoot = network(link.FromLane) is EdgeFunction.WalkingArea or EdgeFunction.Crossing
            || network(link.ToLane) is EdgeFunction.WalkingArea or EdgeFunction.Crossing;
        var next = link.ViaLane >= 0 ? link.ViaLane : link.ToLane;
        return new()
        {
            From = link.FromLane,
            Next = next,
            To = link.ToLane,
            HasVia = link.ViaLane >= 0,
            Length = link.ViaLane >= 0 ? Lanes[link.ViaLane].Length : 0,
            Junction = link.Junction,
            Row = link.Request,
            Signal = link.Signal,
            Letter = link.SignalLink,
            State = link.State,
            KeepsClear = link.KeepsClear,
            OnFoot = onFoot,
            IsStraight = link.Direction == TurnDirection.Straight,
            FromInside = Lanes[link.FromLane].IsInside,
            Visibility = link.State == 'Z' ? 100 : LinkFacts.UsualVisibility,
            AfterPlace = None,
        };

        EdgeFunction network(int lane) => Network.Edges[Lanes[lane].Edge].Function;
    }

    private (int[] Start, Inflow[] Inflows) FindInflows()
    {
        var start = new int[Lanes.Length + 1];
        var found = new List<Inflow>();
        for (var lane = 0; lane < Lanes.Length; lane++)
        {
            foreach (var link in LinksOnto(lane))
            {
                ref readonly var way = ref Links[link];
                if (!way.OnFoot) found.Add(new(link, way.From, Lanes[way.From].Length, way.FromInside));
            }

            start[lane + 1] = found.Count;
        }

        return (start, [.. found]);
    }

    private static (int[] Start, int[] Items) Group(RoadNetwork network, Func<Connection, int> lane)
    {
        var start = new int[network.Lanes.Length + 1];
        foreach (var link in network.Connections) start[lane(link) + 1]++;
        for (var i = 0; i < network.Lanes.Length; i++) start[i + 1] += start[i];
        var next = start.ToArray();
        var items = new int[network.Connections.Length];
        foreach (var link in network.Connections) items[next[lane(link)]++] = link.Index;
        return (start, items);
    }
}
