namespace TrafficAI.Optimisation;

/// <summary>How much a lane can add to the index of a phase at most, when so many are on it: they leave one by one, from the beginning
/// of green at the soonest.</summary>
public sealed class IndexBounds
{
    /// <summary>More than all that rounding can add.</summary>
    public const double Slack = 1e-9;

    private readonly RolloutTables tables;

    /// <summary>Phases × phases × lanes: the second in which the first green of the lane begins.</summary>
    private readonly int[] opens;

    public IndexBounds(RolloutTables tables)
    {
        this.tables = tables;
        opens = [.. Enumerable.Range(0, tables.Phases * tables.Phases * tables.Lanes).Select(i => Opens(i / tables.Lanes, i % tables.Lanes))];
    }

    /// <summary>The largest of k / max(opens + (k − 1) headways, shortest) for k up to the number of vehicles, in vehicles per second.</summary>
    /// <param name="pair">From-phase × phases + to-phase.</param>
    /// <param name="vehicles">Who may be served; less than 0 counts as none.</param>
    /// <param name="headway">Seconds between two of them at least.</param>
    public double AtMost(int pair, int lane, int vehicles, double headway)
    {
        if (vehicles <= 0) return 0;
        var (first, shortest) = (opens[pair * tables.Lanes + lane], tables.ShortestSeconds[pair]);
        var last = first + (vehicles - 1) * headway;
        if (last <= shortest) return vehicles / (double)shortest;
        var within = Math.Max(1, (shortest - first) / headway + 1);
        return Math.Max(within / shortest, vehicles / last);
    }

    private int Opens(int pair, int lane)
    {
        var to = pair % tables.Phases;
        var first = int.MaxValue;
        for (var m = 0; m < tables.Movements; m++)
        {
            if (tables.LaneOf[m] == lane && tables.Rights[to * tables.Movements + m] != Right.None) first = Math.Min(first, tables.Opens[pair * tables.Movements + m]);
        }

        return first == int.MaxValue ? 0 : first;
    }
}
