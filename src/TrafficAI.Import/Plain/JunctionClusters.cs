using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Plain;

/// <summary>Which vertices of the roads belong to one signalised junction: where dual carriageways meet there are up to four.</summary>
internal sealed class JunctionClusters
{
    /// <summary>The corners of the widest crossing of two dual carriageways in Almaty are 13 m from its middle; this leaves room for wider ones, and none for
    /// the next street.</summary>
    private const double ClusterMetres = 30;

    /// <summary>A slip lane leaves its street no farther from the junction.</summary>
    private const double SlipLaneMetres = 70;

    private const double GradeSeparationMetres = 60;

    private readonly Dictionary<GeoPoint, int> clusterOf = [];

    private JunctionClusters(ImmutableArray<SiteJunction> junctions) => Junctions = junctions;

    /// <summary>Those found among the roads, in the order of the table.</summary>
    public ImmutableArray<SiteJunction> Junctions { get; }

    /// <summary>The index of the junction that a vertex belongs to; −1 for none.</summary>
    public int Of(GeoPoint vertex) => clusterOf.GetValueOrDefault(vertex, -1);

    /// <summary>Finds the vertices of each junction. Each vertex goes to the nearest one.</summary>
    /// <param name="notes">Gets a line for each junction that is left out, and why.</param>
    public static JunctionClusters Find(RoadGraph graph, ImmutableArray<SiteJunction> junctions, Plane plane, ICollection<string> notes)
    {
        var vertices = graph.Vertices.ToList();
        var found = ImmutableArray.CreateBuilder<SiteJunction>();
        foreach (var junction in junctions)
        {
            if (Complaint(graph, vertices, junction, plane) is { } complaint) notes.Add($"{junction.Id} ({junction.A.En} × {junction.B.En}) is left out: {complaint}");
            else found.Add(junction);
        }

        var clusters = new JunctionClusters(found.ToImmutable());
        foreach (var vertex in vertices)
            if (clusters.Nearest(vertex, plane) is { } nearest) clusters.clusterOf[vertex] = nearest;
        return clusters;
    }

    /// <summary>A slip lane past the corner of a junction: the light stands on the junction as a whole.</summary>
    public static bool IsSlipLane(Road road, IEnumerable<SiteJunction> junctions, Plane plane) =>
        road.IsLink && junctions.Any(j => plane.Metres(j.Place, road.Points[0]) < SlipLaneMetres && plane.Metres(j.Place, road.Points[^1]) < SlipLaneMetres);

    private static string? Complaint(RoadGraph graph, List<GeoPoint> vertices, SiteJunction junction, Plane plane)
    {
        if (junction.Status != SignalStatus.Documented
            && graph.Pieces.Any(piece => !piece.Road.IsAtGrade && plane.Distance(junction.Place, piece.Points) < GradeSeparationMetres))
            return "a bridge or tunnel passes it, so that a light is unlikely";
        return vertices.Any(vertex => graph.At(vertex).Count >= 3 && plane.Metres(vertex, junction.Place) < ClusterMetres)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"no roads of the chosen classes meet within {ClusterMetres:0} m of it");
    }

    private int? Nearest(GeoPoint vertex, Plane plane)
    {
        int? nearest = null;
        var least = ClusterMetres;
        for (var i = 0; i < Junctions.Length; i++)
            if (plane.Metres(vertex, Junctions[i].Place) is var metres && metres < least) (nearest, least) = (i, metres);
        return nearest;
    }
}
