namespace TrafficAI.Signals;

/// <summary>Whether an intersection can keep its maximum red: how long a group may wait, at the worst, from the end of its amber to its
/// green, when the phases that are due take turns at their minima.</summary>
/// <remarks>The wait begins when a phase that serves the group is left for one that does not. From then on every wish is granted only
/// if the group is still served in time, so that only the turns of those that are due before it can make it late: each a phase of its own
/// that serves somebody new, in the worst order. Clearances that outlast a phase are counted at their longest. The figure is a bound, and for
/// many intersections it is reached: see the tests. Where calls come from detectors the bound is a whole round in the worst order.</remarks>
public sealed class MaximumRedFit
{
    /// <summary>With more phases than this that do not serve a group, its bound is a whole round in the worst order.</summary>
    private const int MostPhases = 12;

    private readonly SignalTables tables;

    /// <summary>Phases × phases: seconds from the start of the row to the start of the column, at their minima.</summary>
    private readonly int[] turns;

    private MaximumRedFit(SignalTables tables)
    {
        this.tables = tables;
        turns = new int[tables.Phases * tables.Phases];
        for (var from = 0; from < tables.Phases; from++)
            for (var to = 0; to < tables.Phases; to++)
                if (from != to) turns[from * tables.Phases + to] = Turn(from, to);
    }

    /// <summary>The longest wait of a group in seconds; 0 for one that no phase serves, or that all do.</summary>
    /// <param name="group">Its index.</param>
    /// <param name="detectors">Waits may count from calls too; else all count from red.</param>
    public static int LongestWaitSeconds(IntersectionSignals signals, int group, bool detectors = false) =>
        new MaximumRedFit(SignalTables.Of(signals)).Longest(group, detectors);

    /// <summary>Where the maximum red does not fit, by how much and what next, in one line; null if it fits, or if there is none.</summary>
    /// <param name="detectors">Waits may count from calls too; else all count from red.</param>
    public static string? Objection(IntersectionSignals signals, bool detectors = false)
    {
        if (signals.MaximumRedSeconds is not { } limit) return null;
        var fit = new MaximumRedFit(SignalTables.Of(signals));
        var waits = signals.Groups.Select(group => fit.Longest(group.Index, detectors)).ToArray();
        var worst = Array.IndexOf(waits, waits.Max());
        if (waits[worst] <= limit) return null;
        return $"signal '{signals.Id}': group {worst + 1} may wait {waits[worst]} s, {waits[worst] - limit} s over the maximum red of {limit} s, even when all "
            + "phases take turns at their minima. Shorten minimum greens or intergreens, serve it in one more phase, or allow a longer red.";
    }

    private int Longest(int group, bool detectors)
    {
        if (!tables.Served[group]) return 0;
        var others = Enumerable.Range(0, tables.Phases).Where(phase => !tables.Green(phase)[group]).ToArray();
        if (others.Length == 0) return 0;
        if (detectors || others.Length > MostPhases) return tables.RoundSeconds + tables.Signals.DecisionIntervalSeconds;
        var longest = 0;
        for (var before = 0; before < tables.Phases; before++)
        {
            if (!tables.Green(before)[group]) continue;
            foreach (var next in others) longest = Math.Max(longest, Lead(group, before, next) + LongestFrom(group, others, before, next));
        }

        return longest;
    }

    /// <summary>Seconds from the start of <paramref name="first"/> to the group's green, in the worst order.</summary>
    private int LongestFrom(int group, int[] others, int before, int first)
    {
        var known = new int[(1 << others.Length) * others.Length];
        Array.Fill(known, -1);
        return From(1 << Array.IndexOf(others, first), Array.IndexOf(others, first));

        int From(int visited, int last)
        {
            ref var longest = ref known[visited * others.Length + last];
            if (longest >= 0) return longest;
            longest = 0;
            for (var to = 0; to < tables.Phases; to++)
                if (tables.Green(to)[group]) longest = Math.Max(longest, turns[others[last] * tables.Phases + to]);
            for (var to = 0; to < others.Length; to++)
            {
                if ((visited & 1 << to) != 0 || !ServesSomebodyDue(group, others, before, first, visited, others[to])) continue;
                var wait = turns[others[last] * tables.Phases + others[to]] + From(visited | 1 << to, to);
                known[visited * others.Length + last] = Math.Max(known[visited * others.Length + last], wait);
            }

            return known[visited * others.Length + last];
        }
    }

    /// <summary>Some group that the phase serves, and none since <paramref name="first"/> has, waits at least as long as this one.</summary>
    private bool ServesSomebodyDue(int group, int[] others, int before, int first, int visited, int to)
    {
        for (var due = 0; due < tables.Groups; due++)
        {
            if (!tables.Green(to)[due]) continue;
            var served = false;
            for (var i = 0; i < others.Length; i++) served |= (visited & 1 << i) != 0 && tables.Green(others[i])[due];
            if (served) continue;
            if (!tables.Green(before)[due]) return true;
            var (own, its) = (Lead(group, before, first), Lead(due, before, first));
            if (its > own || (its == own && due < group)) return true;
        }

        return false;
    }

    /// <summary>Seconds from the beginning of a group's red, in the passage that ends it, to the start of the next phase.</summary>
    private int Lead(int group, int before, int next)
    {
        var until = tables.GreenUntil(before, next)[group];
        return tables.Passage(before, next) - (until == SignalTables.Never ? 0 : until) - tables.Amber[group];
    }

    private int Turn(int from, int to)
    {
        var seconds = tables.Service(from) + tables.Passage(from, to);
        var missing = 0;
        for (var starting = 0; starting < tables.Groups; starting++)
        {
            if (!tables.Green(to)[starting] || tables.Green(from)[starting]) continue;
            foreach (var foe in tables.Foes(starting))
                if (!tables.Green(from)[foe]) missing = Math.Max(missing, tables.Signals.Intergreen(foe, starting) - LeastCleared(foe, from) - seconds);
        }

        return seconds + missing + tables.Signals.DecisionIntervalSeconds - 1;
    }

    /// <summary>Seconds that a group has cleared, at the least, when a phase starts that does not serve it.</summary>
    private int LeastCleared(int group, int phase)
    {
        var least = int.MaxValue;
        for (var before = 0; before < tables.Phases; before++)
            if (before != phase && tables.Green(before)[group]) least = Math.Min(least, Lead(group, before, phase) + tables.Amber[group]);
        return least == int.MaxValue ? 0 : least;
    }
}
