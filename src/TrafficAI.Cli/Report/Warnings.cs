using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>What weakens the result, in plain words.</summary>
public static class Warnings
{
    /// <summary>Seeds from this on that nobody tuned on are enough for a claim.</summary>
    public const int SeedsForAClaim = 10;

    private const int LastTuningSeed = 3;

    private const int ShortSeconds = 1800;

    public static ImmutableArray<string> Of(Comparison comparison) =>
        [.. OfSeeds([.. comparison.Reference.Runs.Select(r => r.Seed)]), .. OfWindow(comparison.Common), .. comparison.Rows.SelectMany(row => OfRuns(row, comparison.Reference))];

    private static IEnumerable<string> OfSeeds(ImmutableArray<long> seeds)
    {
        var tuning = seeds.Where(seed => seed is >= 1 and <= LastTuningSeed).ToArray();
        if (tuning.Length == seeds.Length)
        {
            yield return $"Seeds 1\u2013{LastTuningSeed} are the tuning seeds: TrafficAI was developed on them. Good for daily work; a claim needs "
                + $"ten seeds that nobody tuned on, such as --seeds 11-20.";
        }
        else
        {
            if (seeds.Length < SeedsForAClaim) yield return string.Create(
                CultureInfo.InvariantCulture, $"Only {seeds.Length} {(seeds.Length == 1 ? "seed" : "seeds")}: a claim needs ten that nobody tuned "
                    + $"on, such as --seeds 11-20.");
            if (tuning.Length > 0) yield return $"Some of these are tuning seeds (1\u2013{LastTuningSeed}), on which TrafficAI was developed; leave "
                + $"them out of a claim.";
        }

        if (seeds.Length == 1) yield return "One seed gives no confidence interval: the difference may be chance.";
    }

    private static IEnumerable<string> OfWindow(RunSummary run)
    {
        if (run.End - run.Begin < ShortSeconds) yield return string.Create(
            CultureInfo.InvariantCulture, $"The window is only {(run.End - run.Begin) / 60.0:0.#} minutes, and it begins with an empty street: "
                + $"queues have hardly had time to form.");
    }

    private static IEnumerable<string> OfRuns(StrategyRuns row, StrategyRuns reference)
    {
        if (row.Gridlocked(reference) is > 0 and var jammed) yield return string.Create(
            CultureInfo.InvariantCulture, $"{row.Strategy} locked up on {jammed} of {row.Runs.Length} seeds: its mean says little of an ordinary day.");
        if (row.Runs.Sum(r => r.Control.FaultSeconds) is > 0 and var fault) yield return string.Create(
            CultureInfo.InvariantCulture, $"{row.Strategy}: controllers flashed amber after a safety violation for {fault} s; this is a defect, "
                + $"report it.");
    }
}
