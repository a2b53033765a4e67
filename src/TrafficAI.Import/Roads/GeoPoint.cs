namespace TrafficAI.Import.Roads;

/// <summary>A place in whole steps of 10⁻⁷ degree, as OpenStreetMap keeps it: two roads meet where these are the same.</summary>
/// <param name="Longitude">−1 800 000 000 to 1 800 000 000.</param>
/// <param name="Latitude">−850 000 000 to 850 000 000: nearer to a pole there is no projection to drive on.</param>
public readonly record struct GeoPoint(int Longitude, int Latitude) : IComparable<GeoPoint>
{
    private const double Steps = 1e7;
    private const double LongestLongitude = 180;
    private const double LongestLatitude = 85;

    public double LongitudeDegrees => Longitude / Steps;

    public double LatitudeDegrees => Latitude / Steps;

    /// <returns>Null where the degrees are no place with streets.</returns>
    public static GeoPoint? FromDegrees(double longitude, double latitude) =>
        Math.Abs(longitude) <= LongestLongitude && Math.Abs(latitude) <= LongestLatitude
            ? new GeoPoint((int)Math.Round(longitude * Steps), (int)Math.Round(latitude * Steps))
            : null;

    public int CompareTo(GeoPoint other) => (Longitude, Latitude).CompareTo((other.Longitude, other.Latitude));

    public static bool operator <(GeoPoint a, GeoPoint b) => a.CompareTo(b) < 0;

    public static bool operator >(GeoPoint a, GeoPoint b) => a.CompareTo(b) > 0;

    public static bool operator <=(GeoPoint a, GeoPoint b) => a.CompareTo(b) <= 0;

    public static bool operator >=(GeoPoint a, GeoPoint b) => a.CompareTo(b) >= 0;
}
