using System.Collections.Immutable;

namespace TrafficAI.Import.Plain;

/// <summary>Follows the streets that pass signalised junctions, straight on over all others, as far as somebody wants to see them.</summary>
internal sealed class StreetWalk
{
    /// <summary>Who follows a street does not turn off by more.</summary>
    private const double MostTurnDegrees = 40;

    /// <summary>A gap of no more between two walks is closed.</summary>
    private const double GapMetres = 20;

    /// <summary>A street that leads to another light within so many times the reach is kept as a whole.</summary>
    private const double BetweenLights = 3;

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
                if (clusters.Of(graph.Pieces[piece].End(1 - end)) != clusters.Of(vertex) && !walk.CoversWhole(piece, end, BetweenLights * reach)) walk.Cover(piece, end, reach);
        return [.. graph.Pieces.SelectMany((piece, index) => walk.Kept(piece, walk.covered[index]))];
    }

    /// <summary>Keeps the street up to the next light, if there is one not farther than that.</summary>
    private bool CoversWhole(int index, int end, double metres)
    {
        var piece = graph.Pieces[index];
        if (piece.Metres > metres) return false;
        var far = piece.End(1 - end);
        if (clusters.Of(far) < 0 && !Onward(index, end).Any(next => CoversWhole(next.Piece, next.End, metres - piece.Metres))) return false;
        covered[index][end] = piece.Metres;
        return true;
    }

    private void Cover(int index, int end, double metres)
    {
        var piece = graph.Pieces[index];
        if (covered[index][end] >= Math.Min(metres, piece.Metres)) return;
        covered[index][end] = Math.Min(metres, piece.Metres);
        if (metres <= piece.Metres || clusters.Of(piece.End(1 - end)) >= 0) return;
        foreach (var (next, nextEnd) in Onward(index, end)) Cover(next, nextEnd, metres - piece.Metres);
    }

    /// <summary>Where a street goes on behind the far end of a piece; the straightest first.</summary>
    private IEnumerable<(int Piece, int End)> Onward(int index, int end)
    {
        var piece = graph.Pieces[index];
        var heading = plane.EndHeading(piece.From(end));
        return graph.At(piece.End(1 - end)).Where(next => next.Piece != index && (piece.Road.IsLink || !graph.Pieces[next.Piece].Road.IsLink) && Turn(next) < MostTurnDegrees).OrderBy(Turn);

        double Turn((int Piece, int End) next) => Math.Abs(Plane.Turn(heading, plane.StartHeading(graph.Pieces[next.Piece].From(next.End))));
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
