using System.Collections.Immutable;
using MathNet.Numerics.Statistics;
using TrafficAI.Cli.Report;

namespace TrafficAI.Cli;

/// <summary>The runs of one strategy over several seeds.</summary>
/// <param name="Runs">One per seed, in the order of the seeds.</param>
/// <param name="PooledDelaysS">The delay of every vehicle of every seed, rising.</param>
/// <param name="Greens">What the corridor showed with the first seed; null without a corridor.</param>
public sealed record StrategyRuns(string Strategy, ImmutableArray<RunSummary> Runs, ImmutableArray<double> PooledDelaysS, CorridorGreens? Greens)
{
    public static StrategyRuns Of(string strategy, ImmutableArray<SimulationRun> runs) => new(
        strategy, [.. runs.Select(r => r.Summary)], [.. runs.SelectMany(r => r.Vehicles).Select(v => v.DelaySeconds).Order()], runs[0].Greens);

    /// <summary>Delay that p % of the vehicles of all seeds had at most, p from 0 to 100.</summary>
    public ImmutableArray<double> DelayPercentilesS { get; } =
        [.. Enumerable.Range(0, 101).Select(p => PooledDelaysS[(int)((long)p * (PooledDelaysS.Length - 1) / 100)])];

    public ImmutableArray<DelayBinOverSeeds> DelayOverTime { get; } = DelayBinOverSeeds.Of(Runs);

    /// <summary>In ordinal order of their ids.</summary>
    public ImmutableArray<IntersectionOverSeeds> Intersections { get; } = IntersectionOverSeeds.Of(Runs);

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

    /// <summary>Mean difference of the delay to a reference on the same seeds, s.</summary>
    public PairedDifference DifferenceTo(StrategyRuns reference) => PairedDifference.Of([.. Runs.Select((run, i) => run.DelayS - reference.Runs[i].DelayS)]);

    private static int Stranded(RunSummary run) => run.Running + run.NeverInserted;
}

/// <summary>Several strategies on the same scenario and seeds: the stable JSON of <c>compare --json</c>, documented in docs/json.md.</summary>
/// <param name="Rows">The first is the reference of the differences.</param>
/// <param name="Command">The command line that made it.</param>
public sealed record Comparison(ImmutableArray<StrategyRuns> Rows, string Command)
{
    public const string SchemaName = "trafficai.compare.v1";

    public StrategyRuns Reference => Rows[0];

    /// <summary>Any run: scenario, window and constraints are common to all.</summary>
    public RunSummary Common => Rows[0].Runs[0];

    /// <summary>What <c>--json</c> writes.</summary>
    public object ToJson() => new
    {
        Schema = SchemaName,
        Headline = Headline.Of(this),
        Warnings = Warnings.Of(this),
        Command,
        Common.Build,
        Common.Scenario,
        Common.Engine,
        Common.Class,
        Common.Sensing,
        Common.LatencyS,
        Common.Faults,
        Common.Scale,
        Common.Begin,
        Common.End,
        Seeds = Reference.Runs.Select(r => r.Seed),
        Strategies = Rows.Select(ToJson),
        Corridor = CorridorJson.Of(this),
    };

    private object ToJson(StrategyRuns row)
    {
        var difference = row.DifferenceTo(Reference);
        return new
        {
            row.Strategy,
            row.MeanDelayS,
            row.WorstDelayS,
            row.MeanP95S,
            row.MeanUnfinished,
            row.MeanNeverInserted,
            Gridlocked = row.Gridlocked(Reference),
            DifferenceS = difference.Mean,
            DifferenceHalfWidth95S = difference.HalfWidthOrNull,
            Figures = SideFigure.OfTrips(row, Reference).Concat(SideFigure.OfLogs(row, Reference)).ToDictionary(figure => figure.Name, ToJson),
            row.DelayOverTime,
            row.DelayPercentilesS,
            Intersections = row.Intersections.Select((one, i) => ToJson(one, one.Minus(Reference.Intersections[i]))),
            row.Runs,
        };
    }

    private static object ToJson(SideFigure figure) => new
    {
        figure.Mean,
        Difference = figure.Difference.Mean,
        DifferenceHalfWidth95 = figure.Difference.HalfWidthOrNull,
    };

    private static object ToJson(IntersectionOverSeeds one, IntersectionOverSeeds difference) => new
    {
        one.Id,
        one.MeanQueue,
        one.LargestQueue,
        one.PhaseChangesPerHour,
        one.InterphaseShare,
        Difference = new { difference.MeanQueue, difference.LargestQueue, difference.PhaseChangesPerHour, difference.InterphaseShare },
    };
}
