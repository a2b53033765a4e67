namespace TrafficAI.Measures;

/// <summary>The tallies of one intersection, bin by bin. What lies outside the window goes nowhere.</summary>
internal sealed class TallyBins(IntersectionLayout layout, MeasureWindow window)
{
    private readonly SortedList<long, Tally> bins = [];
    private readonly Tally outside = new(layout);
    private long begin = long.MaxValue;
    private Tally? last;

    public MeasureWindow Window => window;

    /// <summary>Where a street second counts.</summary>
    public Tally At(long second)
    {
        if (!window.Has(second)) return outside;
        var bin = window.BinOf(second);
        if (bin == begin && last is not null) return last;
        if (!bins.TryGetValue(bin, out var tally)) bins.Add(bin, tally = new(layout));
        (begin, last) = (bin, tally);
        return tally;
    }

    /// <summary>The bins that begin before <paramref name="to"/> and end after <paramref name="from"/>, cut to them.</summary>
    public IEnumerable<(long From, long To, Tally Tally)> Between(long from, long to)
    {
        foreach (var (bin, tally) in bins)
        {
            if (bin < to && bin + window.BinSeconds > from) yield return (Math.Max(bin, from), Math.Min(bin + window.BinSeconds, to), tally);
        }
    }

    /// <summary>All of those bins together.</summary>
    public Tally Sum(long from, long to)
    {
        var sum = new Tally(layout);
        foreach (var (_, _, tally) in Between(from, to)) sum.Add(tally);
        return sum;
    }

    /// <summary>Drops the bins that end at or before a second.</summary>
    public void Forget(long before)
    {
        while (bins.Count > 0 && bins.GetKeyAtIndex(0) + window.BinSeconds <= before) bins.RemoveAt(0);
        (begin, last) = (long.MaxValue, null);
    }
}
