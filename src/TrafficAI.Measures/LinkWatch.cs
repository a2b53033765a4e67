namespace TrafficAI.Measures;

/// <summary>Watches whether frames come.</summary>
internal sealed class LinkWatch(MeasureWindow window)
{
    /// <summary>A silence as long as this is an outage; the controllers' own lease is as long.</summary>
    public const long OutageSeconds = 30;

    private readonly List<(long From, long To)> silences = [];
    private long newest = long.MinValue;

    /// <summary>Street second of the newest frame; null before the first.</summary>
    public long? LastFrame { get; private set; }

    /// <returns>No second is missing before it.</returns>
    public bool Come(long second)
    {
        var last = LastFrame;
        LastFrame = second;
        newest = Math.Max(newest, second);
        if (last is null || second == last + 1) return true;
        if (second - last > OutageSeconds && last < window.To && second > window.From) silences.Add((last.Value, second - 1));
        return false;
    }

    /// <summary>None came for that second.</summary>
    public void Miss(long second) => newest = Math.Max(newest, second);

    /// <summary>Outages within [from, to): how many began there, their seconds there, and the longest.</summary>
    public (int Times, long Seconds, long Longest) Between(long from, long to)
    {
        var (times, seconds, longest) = (0, 0L, 0L);
        foreach (var (begin, end) in Silences())
        {
            var part = Math.Max(0, Math.Min(end, to) - Math.Max(begin, from));
            if (part > 0 && begin >= from) times++;
            seconds += part;
            longest = Math.Max(longest, part);
        }

        return (times, seconds, longest);
    }

    public void Forget(long before) => silences.RemoveAll(s => s.To <= before);

    private IEnumerable<(long From, long To)> Silences()
    {
        foreach (var silence in silences) yield return silence;
        if (LastFrame is { } last && newest - last > OutageSeconds) yield return (last, newest);
    }
}
