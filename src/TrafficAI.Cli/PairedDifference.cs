using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace TrafficAI.Cli;

/// <summary>A mean difference of runs on the same seeds.</summary>
/// <param name="HalfWidth">Of its 95 % interval: Student's t on the paired differences. NaN for fewer than two seeds.</param>
public readonly record struct PairedDifference(double Mean, double HalfWidth)
{
    /// <param name="differences">One per seed, at least one.</param>
    public static PairedDifference Of(double[] differences) => differences.Length < 2
        ? new(differences[0], double.NaN)
        : new(differences.Mean(), StudentT.InvCDF(0, 1, differences.Length - 1, 0.975) * differences.StandardDeviation() / Math.Sqrt(differences.Length));

    /// <summary>For JSON, which has no NaN.</summary>
    public double? HalfWidthOrNull => double.IsNaN(HalfWidth) ? null : HalfWidth;
}
