using System.Collections.Immutable;
using TrafficAI.Import.Roads;

namespace TrafficAI.Import.Plain;

/// <summary>A part of a road between two places where roads meet or end.</summary>
/// <param name="Road">Whose tags hold for it.</param>
internal sealed record RoadPiece(Road Road, ImmutableArray<GeoPoint> Points, double Metres)
{
    /// <summary>The end where its points begin (0) or end (1).</summary>
    public GeoPoint End(int end) => end == 0 ? Points[0] : Points[^1];

    /// <summary>The points as seen from an end.</summary>
    public ImmutableArray<GeoPoint> From(int end) => end == 0 ? Points : [.. Points.Reverse()];

    /// <summary>Whether traffic may leave an end towards the other one.</summary>
    public bool Leads(int fromEnd) => Road.Direction == RoadDirection.Both || Road.Direction == RoadDirection.Forward == (fromEnd == 0);
}

/// <summary>Roads cut where they meet.</summary>
internal sealed class RoadGraph
{
    private readonly Dictionary<GeoPoint, List<(int Piece, int End)>> ends = [];

    public RoadGraph(ImmutableArray<RoadPiece> pieces)
    {
        Pieces = pieces;
        for (var i = 0; i < pieces.Length; i++)
            for (var end = 0; end < 2; end++)
                (ends.TryGetValue(pieces[i].End(end), out var there) ? there : ends[pieces[i].End(end)] = []).Add((i, end));
    }

    public ImmutableArray<RoadPiece> Pieces { get; }

    /// <summary>Where pieces end, in the order of their coordinates.</summary>
    public IEnumerable<GeoPoint> Vertices => ends.Keys.Order();

    /// <summary>The ends of pieces at a vertex, in the order of the pieces.</summary>
    public IReadOnlyList<(int Piece, int End)> At(GeoPoint vertex) => ends[vertex];

    /// <summary>Cuts roads at every point that two of them share, or one passes twice.</summary>
    public static RoadGraph Of(IReadOnlyList<Road> roads, Plane plane)
    {
        var uses = new Dictionary<GeoPoint, int>();
        foreach (var road in roads)
            for (var i = 0; i < road.Points.Length; i++)
                uses[road.Points[i]] = uses.GetValueOrDefault(road.Points[i]) + (i == 0 || i == road.Points.Length - 1 ? 2 : 1);
        return new([.. roads.SelectMany(road => Cut(road, uses, plane))]);
    }

    private static IEnumerable<RoadPiece> Cut(Road road, Dictionary<GeoPoint, int> uses, Plane plane)
    {
        var first = 0;
        for (var i = 1; i < road.Points.Length; i++)
        {
            if (uses[road.Points[i]] < 2) continue;
            var points = road.Points[first..(i + 1)];
            first = i;
            if (points[0] != points[^1]) yield return new(road, points, plane.Length(points));
        }
    }
}
