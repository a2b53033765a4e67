using System.Collections.Immutable;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace TrafficAI.Cli;

/// <summary>The runs of one strategy over several seeds.</summary>
/// <param name="Runs">One per seed, in the order of the seeds.</param>
public sealed record StrategyRuns(string Strategy, ImmutableArray<RunSummary> Runs)
{
    public double MeanDelayS => Runs.Average(r => r.DelayS);

    public double WorstDelayS => Runs.Max(r => r.DelayS);

    public double MeanP95S => Runs.Average(r => r.P95S);

    public double MeanUnfinished => Runs.Average(r => (double)r.Running);

    public double MeanNeverInserted => Runs.Average(r => (double)r.NeverInserted);

    /// <summary>Runs that locked up: delay over twice the strategy's own median, or more than twice the unfinished and never-inserted
    /// vehicles of the reference on the same seed (and more than 20).</summary>
    public int Gridlocked(StrategyRuns reference)
    {
        var median = Runs.Select(r => r.DelayS).Median();
        return Runs.Where((run, i) => run.DelayS > 2 * median || Stranded(run) > Math.Max(20, 2 * Stranded(reference.Runs[i]))).Count();
    }

    /// <summary>Mean difference to a reference on the same seeds, and the half-width of its 95 % confidence interval (Student's t on the
    /// paired differences); the half-width is NaN for fewer than two seeds.</summary>
    public (double MeanS, double HalfWidthS) DifferenceTo(StrategyRuns reference)
    {
        var differences = Runs.Select((run, i) => run.DelayS - reference.Runs[i].DelayS).ToArray();
        if (differences.Length < 2) return (differences[0], double.NaN);
        var t = StudentT.InvCDF(0, 1, differences.Length - 1, 0.975);
        return (differences.Mean(), t * differences.StandardDeviation() / Math.Sqrt(differences.Length));
    }

    private static int Stranded(RunSummary run) => run.Running + run.NeverInserted;
}

/// <summary>Several strategies on the same scenario and seeds: the stable JSON of <c>compare --json</c>, documented in docs/json.md.</summary>
/// <param name="Rows">The first is the reference of the differences.</param>
public sealed record Comparison(ImmutableArray<StrategyRuns> Rows)
{
    public const string SchemaName = "trafficai.compare.v1";

    /// <summary>What <c>--json</c> writes.</summary>
    public object ToJson() => new
    {
        Schema = SchemaName,
        Rows[0].Runs[0].Scenario,
        Rows[0].Runs[0].Class,
        Rows[0].Runs[0].Sensing,
        Seeds = Rows[0].Runs.Select(r => r.Seed),
        Strategies = Rows.Select(row => new
        {
            row.Strategy,
            row.MeanDelayS,
            row.WorstDelayS,
            row.MeanP95S,
            row.MeanUnfinished,
            row.MeanNeverInserted,
            Gridlocked = row.Gridlocked(Rows[0]),
            DifferenceS = row.DifferenceTo(Rows[0]).MeanS,
            DifferenceHalfWidth95S = double.IsNaN(row.DifferenceTo(Rows[0]).HalfWidthS) ? (double?)null : row.DifferenceTo(Rows[0]).HalfWidthS,
            row.Runs,
        }),
    };
}
