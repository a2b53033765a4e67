using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Server.Reading;

/// <summary>An intersection as it is drawn. Coordinates are metres east and north of its middle.</summary>
/// <param name="Intergreens">Row by row, groups × groups, in seconds: from the end of green of the row to the start of green of the column; 0 where their ways do not meet.</param>
public sealed record IntersectionGeometry(
    string Id,
    NamesFacts Name,
    ImmutableArray<LaneShape> Lanes,
    ImmutableArray<LaneShape> Exits,
    ImmutableArray<CrossingShape> Crossings,
    ImmutableArray<WayShape> Ways,
    ImmutableArray<GroupFacts> Groups,
    ImmutableArray<PhaseOutline> Phases,
    ImmutableArray<DetectorPlace> Detectors,
    ImmutableArray<ImmutableArray<int>> Intergreens,
    int? MaximumRed)
{
    /// <summary>So much of an approach is drawn.</summary>
    private const double ReachMetres = 200;

    public static IntersectionGeometry Of(ServedLog served, int index)
    {
        var site = served.Site;
        var model = site.Models[index];
        var signals = model.Signals;
        var part = site.File.Of(signals.Id);
        var centre = SiteFacts.Centre(site.Network, model.Intersection);
        return new(
            signals.Id.Value,
            SiteFacts.NamesOf(part.Names, signals.Id.Value),
            [.. model.Lanes.Select(lane => StopLane(site.Network, model, lane, centre))],
            [.. model.Intersection.ExitLanes.Select(lane => Shape(site.Network.Lanes[lane], site.Network, centre, fromEnd: false))],
            CrossingsOf(site.Network, model, centre),
            [.. model.Movements.Select(movement => Way(site.Network, model, movement, centre)).OfType<WayShape>()],
            [.. signals.Groups.Select(group => GroupOf(group, part))],
            [.. signals.Phases.Select(phase => new PhaseOutline(
                phase.Id.ToString(), [.. signals.Groups.Where(g => phase.Green[g.Index]).Select(g => g.Index)], phase.MinimumSeconds, phase.Id.ToString()))],
            [.. model.Intersection.Detectors.Select(d => new DetectorPlace(
                d.Id, site.Network.Lanes[d.Lane].Id.Value, Math.Round(d.PositionMetres, 1), d.Kind.ToString().ToLowerInvariant()))],
            [.. signals.Groups.Select(from => signals.Groups.Select(to => signals.Intergreen(from.Index, to.Index)).ToImmutableArray())],
            signals.MaximumRedSeconds);
    }

    private static LaneShape StopLane(RoadNetwork network, IntersectionModel model, LaneModel lane, Point centre)
    {
        var movements = lane.Movements.Select(m => model.Movements[m]).ToList();
        return Shape(network.Lanes[model.Intersection.StopLanes[lane.Index].Lane], network, centre, fromEnd: true) with
        {
            Movements = [.. movements.Select(m => Turn(m.Direction)).Distinct()],
            Groups = [.. movements.Select(m => m.Group).Distinct().Order()],
        };
    }

    private static LaneShape Shape(Lane lane, RoadNetwork network, Point centre, bool fromEnd)
    {
        var shape = fromEnd ? Polyline.Last(lane.Shape, ReachMetres) : Polyline.First(lane.Shape, ReachMetres);
        return new(
            lane.Id.Value, network.Edges[lane.Edge].Id.Value, fromEnd ? Polyline.ComesFrom(lane.Shape) : Polyline.GoesTo(lane.Shape),
            Around(shape, centre), Math.Round(lane.LengthMetres, 1), Math.Round(lane.WidthMetres, 1), [], []);
    }

    private static ImmutableArray<CrossingShape> CrossingsOf(RoadNetwork network, IntersectionModel model, Point centre) =>
    [
        .. network.Connections
            .Where(c => c.IsCrossing && c.Signal == model.Intersection.Index && network.Edges[network.Lanes[c.ToLane].Edge].Function == EdgeFunction.Crossing)
            .DistinctBy(c => c.ToLane)
            .Select(c => new CrossingShape(
                network.Lanes[c.ToLane].Id.Value, Around(network.Lanes[c.ToLane].Shape, centre), Math.Round(network.Lanes[c.ToLane].WidthMetres, 1),
                model.Signals.Groups.First(g => g.Links.Contains(c.SignalLink)).Index)),
    ];

    private static WayShape? Way(RoadNetwork network, IntersectionModel model, Movement movement, Point centre)
    {
        var connection = model.Intersection.Links[movement.Link].Select(c => network.Connections[c])
            .FirstOrDefault(c => c.FromLane == model.Intersection.StopLanes[movement.StopLane].Lane && c.ToLane == model.Intersection.ExitLanes[movement.Exit]);
        if (connection is null || connection.ViaLane < 0) return null;
        return new(
            network.Lanes[connection.FromLane].Id.Value, network.Lanes[connection.ToLane].Id.Value, Turn(movement.Direction), movement.Group,
            Around(network.Lanes[connection.ViaLane].Shape, centre));
    }

    private static GroupFacts GroupOf(SignalGroup group, IntersectionPart part) => new(
        group.Index, group.Kind == GroupKind.Pedestrian ? "pedestrian" : "vehicle", group.Links,
        part.NameOf(group) ?? FormattableString.Invariant($"{group.Index + 1}"), group.MinimumGreenSeconds, part.IsSection(group));

    private static ImmutableArray<double[]> Around(ImmutableArray<Point> shape, Point centre) =>
        [.. shape.Select(p => new[] { Math.Round(p.X - centre.X, 2), Math.Round(p.Y - centre.Y, 2) })];

    private static string Turn(TurnDirection direction) => direction switch
    {
        TurnDirection.Left or TurnDirection.PartialLeft => "left",
        TurnDirection.Right or TurnDirection.PartialRight => "right",
        TurnDirection.UTurn => "back",
        _ => "straight",
    };
}

/// <summary>A lane that ends at a stop line, or one that leads away.</summary>
/// <param name="Approach">From where its vehicles come (of an exit: where they go): north, north-east, ….</param>
/// <param name="Movements">left, straight, right, back; none for an exit.</param>
/// <param name="Groups">Indices of the signal groups of those.</param>
public sealed record LaneShape(
    string Id, string Edge, string Approach, ImmutableArray<double[]> Shape, double LengthMetres, double WidthMetres, ImmutableArray<string> Movements, ImmutableArray<int> Groups);

/// <summary>A pedestrian crossing with its signal group.</summary>
public sealed record CrossingShape(string Id, ImmutableArray<double[]> Shape, double WidthMetres, int Group);

/// <summary>A way through the junction.</summary>
public sealed record WayShape(string From, string To, string Turn, int Group, ImmutableArray<double[]> Shape);

/// <summary>A signal group.</summary>
/// <param name="Kind">vehicle or pedestrian.</param>
/// <param name="Links">Its letters in the programme of the network file.</param>
/// <param name="Section">An additional section with an arrow: what its state calls red or amber is dark on the street.</param>
public sealed record GroupFacts(int Index, string Kind, ImmutableArray<int> Links, string Label, int MinimumGreen, bool Section);

/// <summary>A phase with the groups that are green in it.</summary>
public sealed record PhaseOutline(string Id, ImmutableArray<int> GreenGroups, int MinimumGreen, string Label);

/// <summary>A detector.</summary>
/// <param name="PositionMetres">From the beginning of its lane.</param>
/// <param name="Kind">stop, advance or exit.</param>
public sealed record DetectorPlace(string Id, string Lane, double PositionMetres, string Kind);
