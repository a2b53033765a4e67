using System.Collections.Immutable;

namespace TrafficAI.Measures;

/// <summary>Where a vehicle was at a street second.</summary>
public readonly record struct PathPoint(long Second, double Metres);

/// <summary>A track of one sensor, thinned.</summary>
/// <param name="Points">Metres to the stop line, in the order of the seconds; at least two.</param>
public sealed record TrackPath(uint Track, ImmutableArray<PathPoint> Points);

/// <summary>Collects where tracked vehicles were, and keeps of each way the points that are needed to draw it.</summary>
public sealed class TrackPaths
{
    /// <summary>Between the points that are kept nobody was farther from the straight line.</summary>
    public const double ToleranceMetres = 1;

    /// <summary>A distance that grows by more belongs to another stop line, or the number to another vehicle.</summary>
    private const int NewLineDecimetres = 50;

    /// <summary>Over a longer gap nobody knows what happened.</summary>
    private const long LongestGapSeconds = 3;

    private readonly Dictionary<uint, List<PathPoint>> open = [];
    private readonly List<(uint Track, List<PathPoint> Points)> begun = [];

    /// <summary>Takes where a vehicle is.</summary>
    /// <param name="second">Street second; rises for each track.</param>
    /// <param name="track">The sensor's own number for it.</param>
    /// <param name="decimetres">From its front to the stop line.</param>
    public void Take(long second, uint track, int decimetres)
    {
        if (!open.TryGetValue(track, out var points) || second > points[^1].Second + LongestGapSeconds || decimetres > 10 * points[^1].Metres + NewLineDecimetres)
        {
            open[track] = points = [];
            begun.Add((track, points));
        }

        points.Add(new(second, decimetres / 10.0));
    }

    /// <summary>The ways of all who were seen for more than a second, in the order in which they came.</summary>
    public IEnumerable<TrackPath> All => begun.Where(path => path.Points.Count > 1).Select(path => new TrackPath(path.Track, Thin(path.Points)));

    /// <summary>Ramer (1972) and Douglas and Peucker (1973), with the distance taken along the metres alone.</summary>
    private static ImmutableArray<PathPoint> Thin(List<PathPoint> points)
    {
        var kept = new bool[points.Count];
        kept[0] = kept[^1] = true;
        var open = new Stack<(int From, int To)>([(0, points.Count - 1)]);
        while (open.TryPop(out var span))
        {
            var (worst, farthest) = (ToleranceMetres, -1);
            for (var i = span.From + 1; i < span.To; i++)
            {
                var off = Math.Abs(points[i].Metres - Between(points[span.From], points[span.To], points[i].Second));
                if (off > worst) (worst, farthest) = (off, i);
            }

            if (farthest < 0) continue;
            kept[farthest] = true;
            open.Push((span.From, farthest));
            open.Push((farthest, span.To));
        }

        return [.. points.Where((_, i) => kept[i])];
    }

    private static double Between(PathPoint from, PathPoint to, long second) =>
        from.Metres + (to.Metres - from.Metres) * (second - from.Second) / (to.Second - from.Second);
}
