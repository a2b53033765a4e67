using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>Resolves the names between the records of a file, and puts the network together.</summary>
internal sealed class NetworkAssembler
{
    private const string MendNames = "Correct the name, or write the network again with netconvert";

    private readonly NetworkRecords records;
    private readonly FileErrors errors;
    private readonly Dictionary<string, int> junctionById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> edgeById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> laneById = new(StringComparer.Ordinal);

    private NetworkAssembler(NetworkRecords records, FileErrors errors)
    {
        this.records = records;
        this.errors = errors;
    }

    /// <exception cref="NetworkException">A name or a number in the records does not fit the rest.</exception>
    public static RoadNetwork Assemble(NetworkRecords records, FileErrors errors)
    {
        if (records.Edges.Count == 0)
            throw errors.At(0, "the network has no edges", "Give a SUMO network (.net.xml), as netconvert writes it");
        return new NetworkAssembler(records, errors).Assemble();
    }

    private RoadNetwork Assemble()
    {
        IndexIds();
        var edges = AssembleEdges();
        var lanes = AssembleLanes();
        var junctions = records.Junctions.Select(AssembleJunction).ToImmutableArray();
        var ways = records.Connections.Select((record, index) => Resolve(record, index, edges)).ToArray();
        FindRows(ways, lanes, junctions);
        var signals = SignalTable.Assemble(records, ways, junctions, errors);
        var connections = ways.Select(way => Connect(way, signals)).ToImmutableArray();
        return new(edges, lanes, connections, junctions, IntersectionAssembler.Assemble(signals, lanes, connections))
        {
            WaitingPlaces = [.. records.WaitingPlaces.Where(place => place.IncomingLanes.Length > 0).Select(AssemblePlace)],
        };
    }

    private WaitingPlace AssemblePlace(JunctionRecord record) => new(
        LaneById(record.IncomingLanes[0], record.Line),
        [.. record.IncomingLanes.Skip(1).Select(id => LaneById(id, record.Line))],
        [.. record.InternalLanes.Select(id => LaneById(id, record.Line))]);

    private int LaneById(string id, int line) => Find(laneById, id, line, "lane");

    private void IndexIds()
    {
        foreach (var junction in records.Junctions) AddId(junctionById, junction.Id, junction.Line, "junction");
        foreach (var edge in records.Edges)
        {
            AddId(edgeById, edge.Id, edge.Line, "edge");
            if (edge.Lanes.Count == 0) throw errors.At(edge.Line, $"edge {FileErrors.Quote(edge.Id)} has no lanes", "Give it a lane, or remove it");
            foreach (var lane in edge.Lanes) AddId(laneById, lane.Id, lane.Line, "lane");
        }
    }

    private void AddId(Dictionary<string, int> indices, string id, int line, string kind)
    {
        if (!indices.TryAdd(id, indices.Count))
            throw errors.At(line, $"a second {kind} has the id {FileErrors.Quote(id)}", "Rename or remove one of them");
    }

    private ImmutableArray<Edge> AssembleEdges()
    {
        var edges = ImmutableArray.CreateBuilder<Edge>(records.Edges.Count);
        var firstLane = 0;
        foreach (var record in records.Edges)
        {
            edges.Add(new(
                edges.Count,
                new(record.Id),
                record.Function,
                record.From is null ? -1 : Find(junctionById, record.From, record.Line, "junction"),
                record.To is null ? -1 : Find(junctionById, record.To, record.Line, "junction"),
                record.Priority,
                [.. Enumerable.Range(firstLane, record.Lanes.Count)],
                [.. record.CrossedEdges.Select(id => Find(edgeById, id, record.Line, "edge"))]));
            firstLane += record.Lanes.Count;
        }

        return edges.MoveToImmutable();
    }

    private ImmutableArray<Lane> AssembleLanes()
    {
        var lanes = ImmutableArray.CreateBuilder<Lane>(laneById.Count);
        for (var edge = 0; edge < records.Edges.Count; edge++)
        {
            var ofEdge = records.Edges[edge].Lanes;
            for (var position = 0; position < ofEdge.Count; position++)
            {
                var lane = ofEdge[position];
                lanes.Add(new(
                    lanes.Count,
                    new(lane.Id),
                    edge,
                    position,
                    lane.LengthMetres,
                    lane.SpeedMetresPerSecond,
                    lane.WidthMetres,
                    lane.Allowed,
                    lane.Shape));
            }
        }

        return lanes.MoveToImmutable();
    }

    private Junction AssembleJunction(JunctionRecord record, int index) => new(
        index,
        new(record.Id),
        record.Type,
        record.Position,
        [.. record.IncomingLanes.Select(id => LaneById(id, record.Line))],
        RightOfWayMatrix.Read(record, errors))
    {
        RowLanes = [.. record.InternalLanes.Select(id => LaneById(id, record.Line))],
    };

    private Way Resolve(ConnectionRecord record, int index, ImmutableArray<Edge> edges)
    {
        var from = edges[Find(edgeById, record.From, record.Line, "edge")];
        var to = edges[Find(edgeById, record.To, record.Line, "edge")];
        return new(
            index,
            record,
            LaneOf(from, record.FromLane, record.Line),
            LaneOf(to, record.ToLane, record.Line),
            record.Via is null ? -1 : Find(laneById, record.Via, record.Line, "lane"),
            from.To >= 0 ? from.To : JunctionAround(from, record.Line),
            LeavesInside: from.Function == EdgeFunction.Internal,
            IsCrossing: to.Function == EdgeFunction.Crossing,
            HasRow: to.Function != EdgeFunction.WalkingArea
                && from.Function is not (EdgeFunction.Internal or EdgeFunction.Crossing)
                && (from.Function != EdgeFunction.WalkingArea || to.Function == EdgeFunction.Crossing));
    }

    private int LaneOf(Edge edge, int position, int line) => position < edge.Lanes.Length
        ? edge.Lanes[position]
        : throw errors.At(
            line, $"lane {position} of edge {FileErrors.Quote(edge.Id.Value)} is not in the file, the edge has {edge.Lanes.Length}", MendNames);

    /// <summary>The junction whose id is in the id of an edge inside it: <c>:J_3</c>, <c>:J_c0</c> and <c>:J_w1</c> are inside J.</summary>
    private int JunctionAround(Edge edge, int line)
    {
        var id = edge.Id.Value;
        var end = id.LastIndexOf('_');
        if (id[0] != ':' || end < 2)
        {
            throw errors.At(
                line, $"the id of edge {FileErrors.Quote(id)} does not say in which junction it is", "Name edges inside junction J like ':J_0'");
        }

        return Find(junctionById, id[1..end], line, "junction");
    }

    private int Find(Dictionary<string, int> indices, string id, int line, string kind) => indices.TryGetValue(id, out var index)
        ? index
        : throw errors.At(line, $"{kind} {FileErrors.Quote(id)} is not in the file", MendNames);

    private void FindRows(Way[] ways, ImmutableArray<Lane> lanes, ImmutableArray<Junction> junctions)
    {
        var internalLanes = records.Junctions.Select(junction =>
            junction.InternalLanes.Select(id => LaneById(id, junction.Line)).ToArray()).ToArray();
        RequestRows.Find(ways, lanes, junctions, internalLanes, errors);
    }

    private static Connection Connect(Way way, SignalTable signals)
    {
        var signal = signals.IndexOf(way);
        return new(
            way.Index,
            way.From,
            way.To,
            way.Via,
            way.Record.Direction,
            way.Junction,
            way.Request,
            signal,
            signal < 0 ? -1 : way.Record.SignalLink,
            way.IsCrossing,
            way.LengthInsideMetres,
            way.Record.State,
            way.Record.KeepsClear);
    }
}
