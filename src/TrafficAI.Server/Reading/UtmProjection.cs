namespace TrafficAI.Server.Reading;

/// <summary>From a zone of the Universal Transverse Mercator projection on WGS 84 back to degrees. Northern half of the globe.</summary>
/// <remarks>J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395 (1987), equations 8-17 to 8-25. Within a zone the series is
/// good to a centimetre.</remarks>
public static class UtmProjection
{
    private const double SemiMajorMetres = 6_378_137;
    private const double Flattening = 1 / 298.257223563;
    private const double Scale = 0.9996;
    private const double FalseEastingMetres = 500_000;
    private const double Squared = Flattening * (2 - Flattening);
    private const double SecondSquared = Squared / (1 - Squared);

    /// <param name="zone">1 to 60.</param>
    /// <returns>Degrees east and north.</returns>
    public static (double Longitude, double Latitude) Inverse(double eastingMetres, double northingMetres, int zone)
    {
        var foot = FootLatitude(northingMetres / Scale);
        var (sin, cos) = Math.SinCos(foot);
        var tan = sin / cos;
        var (c, t) = (SecondSquared * cos * cos, tan * tan);
        var root = 1 - Squared * sin * sin;
        var n = SemiMajorMetres / Math.Sqrt(root);
        var r = SemiMajorMetres * (1 - Squared) / (root * Math.Sqrt(root));
        var d = (eastingMetres - FalseEastingMetres) / (n * Scale);
        var latitude = foot - n * tan / r * (d * d / 2
            - (5 + 3 * t + 10 * c - 4 * c * c - 9 * SecondSquared) * Math.Pow(d, 4) / 24
            + (61 + 90 * t + 298 * c + 45 * t * t - 252 * SecondSquared - 3 * c * c) * Math.Pow(d, 6) / 720);
        var longitude = (d - (1 + 2 * t + c) * Math.Pow(d, 3) / 6
            + (5 - 2 * c + 28 * t - 3 * c * c + 8 * SecondSquared + 24 * t * t) * Math.Pow(d, 5) / 120) / cos;
        return (zone * 6 - 183 + double.RadiansToDegrees(longitude), double.RadiansToDegrees(latitude));
    }

    private static double FootLatitude(double metresAlongMeridian)
    {
        var mu = metresAlongMeridian / (SemiMajorMetres * (1 - Squared / 4 - 3 * Squared * Squared / 64 - 5 * Math.Pow(Squared, 3) / 256));
        var root = Math.Sqrt(1 - Squared);
        var e = (1 - root) / (1 + root);
        return mu
            + (3 * e / 2 - 27 * Math.Pow(e, 3) / 32) * Math.Sin(2 * mu)
            + (21 * e * e / 16 - 55 * Math.Pow(e, 4) / 32) * Math.Sin(4 * mu)
            + 151 * Math.Pow(e, 3) / 96 * Math.Sin(6 * mu)
            + 1097 * Math.Pow(e, 4) / 512 * Math.Sin(8 * mu);
    }
}
