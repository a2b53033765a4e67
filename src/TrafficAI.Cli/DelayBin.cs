using System.Collections.Immutable;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>The vehicles that were to depart within one bin of the window.</summary>
/// <param name="Begin">First street second of the bin; the last bin ends with the window.</param>
/// <param name="Scheduled">Vehicles.</param>
/// <param name="DelayS">Their mean delay; null without any.</param>
public sealed record DelayBin(long Begin, int Scheduled, double? DelayS)
{
    /// <summary>Length of a bin.</summary>
    public const int Seconds = 300;

    /// <summary>One per bin of the window, in order.</summary>
    public static ImmutableArray<DelayBin> Of(ImmutableArray<VehicleDelay> vehicles, long begin, long end)
    {
        var counts = new int[(end - begin + Seconds - 1) / Seconds];
        var sums = new double[counts.Length];
        foreach (var vehicle in vehicles)
        {
            var bin = (int)((vehicle.ScheduledSeconds - begin) / Seconds);
            counts[bin]++;
            sums[bin] += vehicle.DelaySeconds;
        }

        return [.. counts.Select((count, i) => new DelayBin(begin + (long)i * Seconds, count, count == 0 ? null : sums[i] / count))];
    }
}

/// <summary>A bin over the seeds of a strategy.</summary>
/// <param name="Begin">First street second of the bin.</param>
/// <param name="Scheduled">Vehicles that were to depart in it, mean over the seeds.</param>
/// <param name="DelayS">Mean over the seeds of their mean delay; null without any vehicle.</param>
/// <param name="LeastS">The seed with the least.</param>
/// <param name="MostS">The seed with the most.</param>
public sealed record DelayBinOverSeeds(long Begin, double Scheduled, double? DelayS, double? LeastS, double? MostS)
{
    /// <param name="runs">Each with the same bins.</param>
    public static ImmutableArray<DelayBinOverSeeds> Of(ImmutableArray<RunSummary> runs) =>
        [.. runs[0].DelayOverTime.Select((first, i) => Of(first.Begin, [.. runs.Select(run => run.DelayOverTime[i])]))];

    private static DelayBinOverSeeds Of(long begin, ImmutableArray<DelayBin> bins) => new(
        begin, bins.Average(b => (double)b.Scheduled), bins.Average(b => b.DelayS), bins.Min(b => b.DelayS), bins.Max(b => b.DelayS));
}
