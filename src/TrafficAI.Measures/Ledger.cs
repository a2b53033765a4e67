namespace TrafficAI.Measures;

/// <summary>Since when, and until when, something was the case; by name. What goes on is counted up to the end of what is asked for.</summary>
internal sealed class Ledger
{
    private readonly SortedDictionary<string, List<(long From, long To)>> entries = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => entries.Select(entry => entry.Key);

    /// <summary>From this second on it is so; nothing where it was already.</summary>
    public void Begin(string name, long second)
    {
        if (!entries.TryGetValue(name, out var of)) entries.Add(name, of = []);
        if (of.Count == 0 || of[^1].To != long.MaxValue) of.Add((second, long.MaxValue));
    }

    /// <summary>From this second on it is no longer so; nothing where it was not.</summary>
    public void End(string name, long second)
    {
        if (entries.TryGetValue(name, out var of) && of.Count > 0 && of[^1].To == long.MaxValue) of[^1] = (of[^1].From, Math.Max(second, of[^1].From));
    }

    /// <summary>Seconds within [from, to), how often it began there, and the longest stretch within.</summary>
    public (long Seconds, int Times, long Longest) Between(string name, long from, long to)
    {
        if (!entries.TryGetValue(name, out var of)) return default;
        var (seconds, times, longest) = (0L, 0, 0L);
        foreach (var (begin, end) in of)
        {
            var part = Math.Max(0, Math.Min(end, to) - Math.Max(begin, from));
            if (begin >= from && begin < to) times++;
            seconds += part;
            longest = Math.Max(longest, part);
        }

        return (seconds, times, longest);
    }

    /// <summary>Since when it has been so; null where it is not, or was not by then.</summary>
    public long? Since(string name, long second)
    {
        if (!entries.TryGetValue(name, out var of)) return null;
        foreach (var (begin, end) in of)
            if (begin <= second && second < end) return begin;
        return null;
    }

    /// <summary>Drops what ended at or before a second.</summary>
    public void Forget(long before)
    {
        foreach (var (_, of) in entries) of.RemoveAll(entry => entry.To <= before);
    }
}
