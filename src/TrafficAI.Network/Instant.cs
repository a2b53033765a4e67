using System.Globalization;

namespace TrafficAI.Network;

/// <summary>A moment: whole milliseconds since 1970-01-01T00:00Z. Comes with an input, never from a clock.</summary>
public readonly record struct Instant(long Milliseconds) : IComparable<Instant>
{
    /// <summary>Second 0 of a scenario that names no date: 2026-01-01T00:00Z.</summary>
    public static readonly Instant ScenarioStart = new(1_767_225_600_000);

    /// <summary>So many seconds later: of the start of a scenario, the instant at which its street second <paramref name="seconds"/> begins.</summary>
    public Instant Plus(long seconds) => new(Milliseconds + seconds * 1000);

    public int CompareTo(Instant other) => Milliseconds.CompareTo(other.Milliseconds);

    /// <summary>ISO 8601 in UTC, such as 2026-01-01T07:00:00Z.</summary>
    public override string ToString() =>
        DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds).ToString("yyyy-MM-ddTHH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
}
