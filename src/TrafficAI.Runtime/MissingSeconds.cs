namespace TrafficAI.Runtime;

/// <summary>The street seconds of an intersection of which no frame has come yet, so that those of an outage are taken once and no other. It forgets
/// the oldest when the gaps become too many.</summary>
internal sealed class MissingSeconds
{
    private const int MostGaps = 32;

    private readonly List<(long From, long To)> gaps = [];
    private long? next;

    /// <summary>A frame has come, newer than every one before it.</summary>
    public void Come(long second)
    {
        if (next is { } expected && second < expected) return;
        Add(next ?? second, second - 1);
        next = second + 1;
    }

    /// <summary>The frame of an earlier second has come.</summary>
    /// <returns>False when that second is not missing.</returns>
    public bool TryFill(long second)
    {
        if (next is null || second >= next)
        {
            Come(second);
            return true;
        }

        var at = gaps.FindIndex(gap => gap.From <= second && second <= gap.To);
        if (at < 0) return false;
        var (from, to) = gaps[at];
        gaps.RemoveAt(at);
        Add(from, second - 1);
        Add(second + 1, to);
        return true;
    }

    private void Add(long from, long to)
    {
        if (to < from) return;
        gaps.Add((from, to));
        if (gaps.Count > MostGaps) gaps.RemoveAt(0);
    }
}
