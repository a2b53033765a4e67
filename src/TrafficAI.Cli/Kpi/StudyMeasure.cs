using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace TrafficAI.Cli.Kpi;

/// <summary>A measure before and after.</summary>
/// <param name="Before">Mean over the bins that are compared; null without any.</param>
/// <param name="After">Likewise.</param>
/// <param name="Difference">After minus before.</param>
/// <param name="HalfWidth95">Of its 95 % interval; null for fewer than three bins.</param>
/// <param name="Bins">Bins that are compared: pairs, or of both sides together.</param>
/// <param name="Paired">By the time of day.</param>
public sealed record StudyMeasure(string Id, double? Before, double? After, double? Difference, double? HalfWidth95, int Bins, bool Paired)
{
    private const int FewestBins = 3;
    private const double HighestCorrelation = 0.9;

    /// <summary>The interval leaves zero out. Null where there are too few bins to tell.</summary>
    public bool? StandsOut => HalfWidth95 is { } half ? Math.Abs(Difference!.Value) > half : null;

    /// <summary>Change in per cent of before; null where that is 0 or unknown.</summary>
    public double? Percent => Before is { } before && before != 0 && Difference is { } difference ? 100 * difference / before : null;

    /// <summary>Compares by the time of day where both sides have it, else all bins with all.</summary>
    /// <param name="before">Values by the second of the day at which their bin begins; several of one bin are averaged.</param>
    /// <param name="after">Likewise.</param>
    public static StudyMeasure Of(string id, IEnumerable<(long At, double Value)> before, IEnumerable<(long At, double Value)> after)
    {
        var (first, second) = (ByTime(before), ByTime(after));
        var common = first.Keys.Where(second.ContainsKey).ToArray();
        return common.Length > 0 ? Pair(id, [.. common.Select(at => first[at])], [.. common.Select(at => second[at])]) : Apart(id, [.. first.Values], [.. second.Values]);
    }

    private static SortedDictionary<long, double> ByTime(IEnumerable<(long At, double Value)> values) =>
        new(values.GroupBy(v => v.At).ToDictionary(of => of.Key, of => of.Average(v => v.Value)));

    /// <summary>Student's t on the differences. Bins side by side resemble one another: the interval is as wide as for fewer independent ones, n (1 − r) / (1 + r), r their correlation.</summary>
    private static StudyMeasure Pair(string id, double[] before, double[] after)
    {
        var differences = after.Zip(before, (a, b) => a - b).ToArray();
        var n = differences.Length;
        double? half = null;
        if (n >= FewestBins)
        {
            var r = Math.Clamp(Correlation(differences), 0, HighestCorrelation);
            var independent = Math.Max(2, n * (1 - r) / (1 + r));
            half = StudentT.InvCDF(0, 1, independent - 1, 0.975) * differences.StandardDeviation() / Math.Sqrt(independent);
        }

        return new(id, before.Average(), after.Average(), differences.Average(), half, n, Paired: true);
    }

    /// <summary>Welch's interval.</summary>
    private static StudyMeasure Apart(string id, double[] before, double[] after)
    {
        if (before.Length == 0 || after.Length == 0) return new(id, Mean(before), Mean(after), null, null, 0, Paired: false);
        double? half = null;
        if (before.Length >= FewestBins && after.Length >= FewestBins)
        {
            var (a, b) = (before.Variance() / before.Length, after.Variance() / after.Length);
            var freedom = a + b == 0 ? 1 : (a + b) * (a + b) / (a * a / (before.Length - 1) + b * b / (after.Length - 1));
            half = StudentT.InvCDF(0, 1, freedom, 0.975) * Math.Sqrt(a + b);
        }

        return new(id, before.Average(), after.Average(), after.Average() - before.Average(), half, before.Length + after.Length, Paired: false);
    }

    private static double? Mean(double[] values) => values.Length == 0 ? null : values.Average();

    /// <summary>Of each difference with the next.</summary>
    private static double Correlation(double[] values)
    {
        var mean = values.Average();
        var all = values.Sum(v => (v - mean) * (v - mean));
        return all == 0 ? 0 : values.Zip(values.Skip(1), (a, b) => (a - mean) * (b - mean)).Sum() / all;
    }
}

/// <summary>A study before and after: the stable JSON of <c>study --json</c>, documented in docs/json.md.</summary>
public sealed record Study(string Schema, string Build, ImmutableArray<string> Before, ImmutableArray<string> After, int BinS, string? Intersection, ImmutableArray<StudyMeasure> Measures)
{
    public const string SchemaName = "trafficai.study.v1";
}
