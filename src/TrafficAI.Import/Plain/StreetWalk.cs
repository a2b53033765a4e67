using System.Collections.Immutable;

namespace TrafficAI.Import.Plain;

/// <summary>Follows the streets that pass signalised junctions, straight on over all others, as far as somebody wants to see them.</summary>
internal sealed class StreetWalk
{
    /// <summary>Who follows a street does not turn off by more.</summary>
    private const double MostTurnDegrees = 40;

    /// <summary>A gap of no more between two walks is closed.</summary>
    private const double GapMetres = 20;

    private readonly RoadGraph graph;
    private readonly JunctionClusters clusters;
    private readonly Plane plane;
    private readonly double[][] covered;

    private StreetWalk(RoadGraph graph, JunctionClusters clusters, Plane plane)
    {
        (this.graph, this.clusters, this.plane) = (graph, clusters, plane);
        covered = [.. graph.Pieces.Select(_ => new double[2])];
    }

    /// <summary>The pieces, or the parts of pieces, that are within reach of a junction along its streets.</summary>
    /// <param name="reach">Metres; more than 0.</param>
    public static ImmutableArray<RoadPiece> Follow(RoadGraph graph, JunctionClusters clusters, double reach, Plane plane)
    {
        var walk = new StreetWalk(graph, clusters, plane);
        foreach (var vertex in graph.Vertices.Where(v => clusters.Of(v) >= 0))
            foreach (var (piece, end) in graph.At(vertex))
                if (clusters.Of(graph.Pieces[piece].End(1 - end)) != clusters.Of(vertex)) walk.Cover(piece, end, reach);
        return [.. graph.Pieces.SelectMany((piece, index) => walk.Kept(piece, walk.covered[index]))];
    }

    private void Cover(int index, int end, double metres)
    {
        var piece = graph.Pieces[index];
        if (covered[index][end] >= Math.Min(metres, piece.Metres)) return;
        covered[index][end] = Math.Min(metres, piece.Metres);
        var far = piece.End(1 - end);
        if (metres <= piece.Metres || clusters.Of(far) >= 0) return;
        var heading = plane.EndHeading(piece.From(end));
        foreach (var (next, nextEnd) in graph.At(far))
            if (next != index && (piece.Road.IsLink || !graph.Pieces[next].Road.IsLink)
                && Math.Abs(Plane.Turn(heading, plane.StartHeading(graph.Pieces[next].From(nextEnd)))) < MostTurnDegrees)
                Cover(next, nextEnd, metres - piece.Metres);
    }

    private IEnumerable<RoadPiece> Kept(RoadPiece piece, double[] ends)
    {
        if (ends[0] + ends[1] + GapMetres >= piece.Metres && ends[0] + ends[1] > 0)
        {
            yield return piece;
            yield break;
        }

        if (ends[0] > 0) yield return Part(piece, 0, ends[0]);
        if (ends[1] > 0) yield return Part(piece, piece.Metres - ends[1], piece.Metres);
    }

    private RoadPiece Part(RoadPiece piece, double from, double to)
    {
        var points = plane.Cut(piece.Points, from, to);
        return piece with { Points = points, Metres = plane.Length(points) };
    }
}
