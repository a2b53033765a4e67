using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Vehicles counted in a quarter of an hour of the day, on one day or on several.</summary>
/// <param name="From">Second of the day at which it begins, a multiple of <see cref="LengthSeconds"/>.</param>
/// <param name="Seconds">How long was counted, over all days; more than 0.</param>
/// <param name="Vehicles">Per movement who came to its stop line in these seconds; 0 or more.</param>
public sealed record CountedInterval(int From, long Seconds, ImmutableArray<double> Vehicles)
{
    public const int LengthSeconds = 900;

    /// <summary>Vehicles per hour of a movement.</summary>
    public double Flow(int movement) => Vehicles[movement] * 3600 / Seconds;
}

/// <summary>What was counted at one intersection.</summary>
/// <param name="Intervals">By rising time of day; those in which nothing was recorded are missing.</param>
/// <param name="HeadwaySeconds">Per stop lane the mean time between two vehicles that leave its queue and yield to nobody.</param>
public sealed record IntersectionCounts(ImmutableArray<CountedInterval> Intervals, ImmutableArray<double> HeadwaySeconds)
{
    /// <summary>Several days, or several runs of the same day, as one.</summary>
    /// <param name="days">At least one, all of the same intersection.</param>
    public static IntersectionCounts Of(ImmutableArray<IntersectionCounts> days) => new(
        [.. days.SelectMany(d => d.Intervals).GroupBy(i => i.From).OrderBy(g => g.Key).Select(g => g.Aggregate(Sum))],
        [.. days[0].HeadwaySeconds.Select((_, lane) => days.Average(d => d.HeadwaySeconds[lane]))]);

    private static CountedInterval Sum(CountedInterval a, CountedInterval b) =>
        new(a.From, a.Seconds + b.Seconds, [.. a.Vehicles.Zip(b.Vehicles, (x, y) => x + y)]);
}
