using System.Globalization;
using System.Text.RegularExpressions;
using TrafficAI.Network;

namespace TrafficAI.Server.Reading;

/// <summary>Where a network lies on the globe. One without a known place is put beside latitude 0, longitude 0, true to scale, so that a map can draw it.</summary>
public sealed partial class GeoFrame
{
    private const double MetresPerDegree = 111_320;

    private readonly (double X, double Y) offset;
    private readonly int zone;

    private GeoFrame((double X, double Y) offset, int zone) => (this.offset, this.zone) = (offset, zone);

    /// <summary>Whether its place on the globe is known.</summary>
    public bool IsGeographic => zone > 0;

    /// <param name="netOffset">Of the network's <c>location</c>: what was added to projected metres; null for none.</param>
    /// <param name="projParameter">Of the same: the projection.</param>
    public static GeoFrame Of(string? netOffset, string? projParameter)
    {
        var offset = (netOffset ?? "").Split(',');
        return projParameter is not null && Zone().Match(projParameter) is { Success: true } match && !projParameter.Contains("+south", StringComparison.Ordinal)
            && offset.Length == 2 && Parse(offset[0]) is { } x && Parse(offset[1]) is { } y
            ? new((x, y), int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            : new((0, 0), 0);
    }

    /// <summary>Longitude and latitude in degrees, to about a centimetre.</summary>
    public double[] Place(Point point)
    {
        var (longitude, latitude) = IsGeographic
            ? UtmProjection.Inverse(point.X - offset.X, point.Y - offset.Y, zone)
            : (point.X / MetresPerDegree, point.Y / MetresPerDegree);
        return [Math.Round(longitude, 7), Math.Round(latitude, 7)];
    }

    private static double? Parse(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    [GeneratedRegex(@"\+proj=utm\b.*\+zone=([1-9][0-9]?)\b")]
    private static partial Regex Zone();
}
