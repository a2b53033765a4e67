using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>The result in one sentence.</summary>
public static class Headline
{
    /// <summary>Names the strategy with the least mean delay, and its difference to the reference (to the next best, if it is the reference).</summary>
    public static string Of(Comparison comparison)
    {
        var seeds = comparison.Reference.Runs.Length == 1 ? "1 seed" : string.Create(CultureInfo.InvariantCulture, $"{comparison.Reference.Runs.Length} seeds");
        var order = comparison.Rows.OrderBy(r => r.MeanDelayS).ToList();
        var best = order[0];
        var mean = $"{best.Strategy}: {Words.Number(best.MeanDelayS)} s mean delay";
        if (order.Count == 1) return $"{mean}, {seeds}";
        return $"{mean}, {Difference(best, best == comparison.Reference ? order[1] : comparison.Reference)}, {seeds}";
    }

    private static string Difference(StrategyRuns best, StrategyRuns other)
    {
        var (mean, halfWidth) = best.DifferenceTo(other);
        var less = $"{Words.Number(-mean)} s less than {other.Strategy}";
        if (double.IsNaN(halfWidth)) return $"{less} (no interval from a single seed)";
        if (-mean > halfWidth) return $"{less} (95 % interval {Words.Number(-mean - halfWidth)} to {Words.Number(-mean + halfWidth)})";
        return $"no clear difference to {other.Strategy}: {Words.Number(-mean)} s less (95 % interval {Words.WithSign(-mean - halfWidth)} to "
            + $"{Words.WithSign(-mean + halfWidth)})";
    }
}
