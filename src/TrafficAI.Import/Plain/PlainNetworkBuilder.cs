using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Plain;

/// <summary>Makes a street network of roads and a junction table. Pure: the same input gives the same network.</summary>
public sealed class PlainNetworkBuilder
{
    private readonly Plane plane;
    private readonly JunctionClusters clusters;
    private readonly ImmutableArray<RoadPiece> chains;
    private readonly Dictionary<GeoPoint, PlainNode> nodeAt = [];
    private readonly List<PlainNode> nodes = [];
    private readonly List<(PlainEdge First, EdgeBuilder.Course Course, int Chain)> courses = [];

    private PlainNetworkBuilder(Plane plane, JunctionClusters clusters, ImmutableArray<RoadPiece> chains) => (this.plane, this.clusters, this.chains) = (plane, clusters, chains);

    /// <param name="junctions">Those that have a light, and those alone.</param>
    /// <param name="reachMetres">How far the streets are followed from a light; more than 0.</param>
    /// <exception cref="ImportException">None of the junctions is among the roads.</exception>
    public static PlainNetwork Build(
        ImmutableArray<Road> roads, ImmutableArray<SiteJunction> junctions, ImmutableArray<BusLane> busLanes, double reachMetres)
    {
        if (junctions.IsEmpty) throw new ImportException("the junction table names no junction with a light among those chosen. Choose others.");
        var plane = new Plane(junctions[0].Place);
        var notes = new List<string>();
        var streets = roads.Where(road => RoadDefaults.IsStreet(road) && !JunctionClusters.IsSlipLane(road, junctions, plane)).ToList();
        var graph = RoadGraph.Of(streets, plane);
        var clusters = JunctionClusters.Find(graph, junctions, plane, notes);
        if (clusters.Junctions.IsEmpty) throw new ImportException("no junction of the table lies where the roads meet. Give the roads of the same city.");
        var chains = StreetChains.Join(StreetWalk.Follow(graph, clusters, reachMetres, plane), clusters);
        var builder = new PlainNetworkBuilder(plane, clusters, chains);
        builder.MakeNodes();
        builder.MakeCourses(new(clusters, plane, chains, busLanes));
        return builder.Result([.. notes]);
    }

    private void MakeNodes()
    {
        foreach (var junction in clusters.Junctions) nodes.Add(new(junction.Id, junction.Place, junction));
        var meeting = new RoadGraph(chains);
        var (ends, joints) = (0, 0);
        foreach (var vertex in meeting.Vertices)
        {
            if (clusters.Of(vertex) is >= 0 and var cluster)
            {
                nodeAt[vertex] = nodes[cluster];
                continue;
            }

            var id = meeting.At(vertex).Count == 1 ? string.Create(CultureInfo.InvariantCulture, $"end{++ends}") : string.Create(CultureInfo.InvariantCulture, $"n{++joints}");
            nodeAt[vertex] = new(id, vertex, null);
            nodes.Add(nodeAt[vertex]);
        }
    }

    private void MakeCourses(EdgeBuilder edges)
    {
        for (var index = 0; index < chains.Length; index++)
        {
            for (var end = 0; end < 2; end++)
            {
                var (from, to) = (nodeAt[chains[index].End(end)].Id, nodeAt[chains[index].End(1 - end)].Id);
                if (from == to) continue;
                if ((chains[index].Leads(end) ? edges.Build(chains[index], end, from, to) : edges.Against(chains[index], end, from, to)) is { } course)
                    courses.Add((course.Edges[0], course, index));
            }
        }
    }

    private PlainNetwork Result(ImmutableArray<string> notes)
    {
        var connections = courses.SelectMany(course => course.Course.Connections).ToList();
        var crossings = new List<PlainCrossing>();
        foreach (var node in clusters.Junctions)
        {
            var ins = courses.Where(course => course.Course.Stop.To == node.Id).ToList();
            var outs = courses.Where(course => course.First.From == node.Id).ToList();
            connections.AddRange(TurnLanes.Assign(
                [.. ins.Select(arm => new TurnLanes.Arm(arm.Course.Stop, plane.EndHeading(arm.Course.Stop.Points), arm.Course.HasPocket))],
                [.. outs.Select(arm => new TurnLanes.Arm(arm.First, plane.StartHeading(arm.First.Points), false))]));
            crossings.AddRange(ins.Select(arm => (arm.Chain, arm.Course.Stop.Id)).Concat(outs.Select(arm => (arm.Chain, arm.First.Id)))
                .GroupBy(arm => arm.Chain).Where(arm => !chains[arm.Key].Road.IsLink).OrderBy(arm => arm.Key)
                .Select(arm => new PlainCrossing(node.Id, [.. arm.Select(edge => edge.Id)])));
        }

        return new(
            [.. nodes.Concat(courses.Select(course => course.Course.Joint).OfType<PlainNode>())],
            [.. courses.SelectMany(course => course.Course.Edges)],
            [.. connections], [.. crossings], notes);
    }
}
