using System.Globalization;
using TrafficAI.Network;

namespace TrafficAI.Server.Reading;

/// <summary>Street seconds as people see them.</summary>
public static class StreetClock
{
    public const string TimeZone = "Asia/Almaty";

    // UTC+5 all year since 1 March 2024.
    private static readonly TimeSpan Almaty = TimeSpan.FromHours(5);

    /// <param name="start">The moment at which street second 0 begins.</param>
    /// <returns>ISO 8601 with the offset of Almaty.</returns>
    public static string Wall(Instant start, long second) =>
        DateTimeOffset.FromUnixTimeMilliseconds(start.Plus(second).Milliseconds).ToOffset(Almaty).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
