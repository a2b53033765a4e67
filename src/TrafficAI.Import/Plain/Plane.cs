using System.Collections.Immutable;
using TrafficAI.Import.Roads;

namespace TrafficAI.Import.Plain;

/// <summary>Metres around a place, good to 0.1 % over a city; for lengths and angles only, netconvert projects the coordinates themselves.</summary>
/// <param name="origin">Where x and y are 0.</param>
internal sealed class Plane(GeoPoint origin)
{
    private const double MetresPerDegree = 111_320;

    /// <summary>How far from the end of a line its direction is taken.</summary>
    private const double HeadingMetres = 20;

    private readonly double shrink = Math.Cos(origin.LatitudeDegrees * Math.PI / 180);

    public double Metres(GeoPoint a, GeoPoint b)
    {
        var (x, y) = Between(a, b);
        return Math.Sqrt(x * x + y * y);
    }

    public double Length(ImmutableArray<GeoPoint> line)
    {
        var metres = 0.0;
        for (var i = 1; i < line.Length; i++) metres += Metres(line[i - 1], line[i]);
        return metres;
    }

    /// <summary>From a place to the nearest point of a line.</summary>
    public double Distance(GeoPoint place, ImmutableArray<GeoPoint> line)
    {
        var least = double.PositiveInfinity;
        for (var i = 1; i < line.Length; i++)
        {
            var ((x, y), (px, py)) = (Between(line[i - 1], line[i]), Between(line[i - 1], place));
            var along = Math.Clamp((px * x + py * y) / (x * x + y * y), 0, 1);
            least = Math.Min(least, Math.Sqrt((px - along * x) * (px - along * x) + (py - along * y) * (py - along * y)));
        }

        return least;
    }

    /// <summary>Direction in which a line ends, in degrees from east, counterclockwise, −180 to 180.</summary>
    public double EndHeading(ImmutableArray<GeoPoint> line) => Heading(At(line, Math.Max(0, Length(line) - HeadingMetres)), line[^1]);

    /// <summary>Direction in which a line begins.</summary>
    public double StartHeading(ImmutableArray<GeoPoint> line) => Heading(line[0], At(line, Math.Min(Length(line), HeadingMetres)));

    /// <summary>The difference of two directions, −180 to 180; more than 0 is a turn to the left.</summary>
    public static double Turn(double from, double to) => (to - from + 540) % 360 - 180;

    /// <summary>The part of a line between two distances from its beginning, metres.</summary>
    public ImmutableArray<GeoPoint> Cut(ImmutableArray<GeoPoint> line, double from, double to)
    {
        var part = ImmutableArray.CreateBuilder<GeoPoint>();
        part.Add(At(line, from));
        var along = 0.0;
        for (var i = 1; i < line.Length - 1; i++)
        {
            along += Metres(line[i - 1], line[i]);
            if (along > from && along < to && part[^1] != line[i]) part.Add(line[i]);
        }

        var end = At(line, to);
        if (part[^1] != end || part.Count == 1) part.Add(end);
        return part.ToImmutable();
    }

    private GeoPoint At(ImmutableArray<GeoPoint> line, double metres)
    {
        if (metres <= 0) return line[0];
        for (var i = 1; i < line.Length; i++)
        {
            var step = Metres(line[i - 1], line[i]);
            if (metres <= step)
                return new(
                    line[i - 1].Longitude + (int)Math.Round((line[i].Longitude - line[i - 1].Longitude) * metres / step),
                    line[i - 1].Latitude + (int)Math.Round((line[i].Latitude - line[i - 1].Latitude) * metres / step));
            metres -= step;
        }

        return line[^1];
    }

    private double Heading(GeoPoint a, GeoPoint b)
    {
        var (x, y) = Between(a, b);
        return Math.Atan2(y, x) * 180 / Math.PI;
    }

    private (double X, double Y) Between(GeoPoint a, GeoPoint b) =>
        ((b.LongitudeDegrees - a.LongitudeDegrees) * MetresPerDegree * shrink, (b.LatitudeDegrees - a.LatitudeDegrees) * MetresPerDegree);
}
