using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Finds the parts of a day between which the counts differ enough for another plan.</summary>
/// <remarks>Dynamic programming over the counted intervals. A part costs the sum over its intervals and movements of (count − expected)² / expected, the
/// expected count being that of the part's mean flow: chance alone makes that about one for each interval and movement. Another part costs
/// <see cref="ChangeCost"/> for each movement, so that only what chance does not explain makes one; no part is shorter than an hour.</remarks>
public static class DaySegmentation
{
    private const double ChangeCost = 4;
    private const int LeastIntervals = 4;

    /// <summary>The parts, each of intervals in a row; one where fewer than two hours were counted.</summary>
    /// <param name="intervals">By rising time, at least one.</param>
    public static ImmutableArray<ImmutableArray<CountedInterval>> Split(ImmutableArray<CountedInterval> intervals)
    {
        var change = ChangeCost * intervals[0].Vehicles.Length;
        var best = new (double Cost, int From)[intervals.Length + 1];
        for (var end = 1; end <= intervals.Length; end++)
        {
            best[end] = (Misfit(intervals.AsSpan()[..end]), 0);
            for (var from = LeastIntervals; from <= end - LeastIntervals; from++)
            {
                var cost = best[from].Cost + change + Misfit(intervals.AsSpan()[from..end]);
                if (cost < best[end].Cost) best[end] = (cost, from);
            }
        }

        var parts = ImmutableArray.CreateBuilder<ImmutableArray<CountedInterval>>();
        for (var end = intervals.Length; end > 0; end = best[end].From) parts.Insert(0, intervals[best[end].From..end]);
        return parts.ToImmutable();
    }

    private static double Misfit(ReadOnlySpan<CountedInterval> part)
    {
        var sum = 0.0;
        for (var movement = 0; movement < part[0].Vehicles.Length; movement++)
        {
            var (vehicles, seconds) = (0.0, 0L);
            foreach (var interval in part) (vehicles, seconds) = (vehicles + interval.Vehicles[movement], seconds + interval.Seconds);
            if (vehicles <= 0) continue;
            foreach (var interval in part)
            {
                var expected = vehicles * interval.Seconds / seconds;
                sum += (interval.Vehicles[movement] - expected) * (interval.Vehicles[movement] - expected) / expected;
            }
        }

        return sum;
    }
}
