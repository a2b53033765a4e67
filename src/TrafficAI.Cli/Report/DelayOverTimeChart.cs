namespace TrafficAI.Cli.Report;

/// <summary>Mean delay by scheduled departure with a band over the seeds, and the demand beneath.</summary>
public sealed class DelayOverTimeChart
{
    private const int Width = 900;
    private const int Left = 46;
    private const int Right = 886;
    private const int Top = 26;
    private const int Bottom = 266;
    private const int DemandTop = 302;
    private const int DemandBottom = 362;
    private const int Height = 386;
    private const int MostMarkers = 40;

    private readonly Comparison comparison;
    private readonly Axis time;
    private readonly Axis delay;
    private readonly Axis demand;

    private DelayOverTimeChart(Comparison comparison)
    {
        this.comparison = comparison;
        var bins = comparison.Rows.SelectMany(r => r.DelayOverTime).ToArray();
        time = new Axis(comparison.Common.Begin, comparison.Common.End, Left, Right);
        delay = Axis.FromZero(bins.Max(b => b.MostS) ?? 1, 6, Bottom, Top);
        demand = Axis.FromZero(bins.Max(b => b.Scheduled), 3, DemandBottom, DemandTop);
    }

    public static Markup Of(Comparison comparison) => Markup.Of($"""
        <figure>{ComparisonPage.Legend(comparison, _ => null)}<div class="scroll">{new DelayOverTimeChart(comparison).Draw()}</div></figure>
        {Definition.List(Definitions())}
        """);

    private static IEnumerable<Definition> Definitions() =>
    [
        new("mean delay", "s per vehicle", "Vehicles are put into bins of 5 minutes by their scheduled departure. Line: mean over the seeds of the mean delay in the bin, drawn in its middle. "
            + "Band: from the least to the most of any seed. A bin without vehicles leaves a gap. The last bins look better than they are: a vehicle "
            + "still under way counts with the delay it had by the end."),
        new("demand", "vehicles per 5 min", "Vehicles scheduled in the bin, mean over the seeds; the last bin is shorter where the window is no multiple of 5 minutes."),
    ];

    private Markup Draw() => Markup.Of($"""
        <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="Mean delay by scheduled departure">
        <text class="strong" x="0" y="14">mean delay by scheduled departure, s per vehicle</text>
        {delay.Ticks(6).Select(t => Level(delay, t))}{demand.Ticks(3).Select(t => Level(demand, t))}{time.TimeTicks(9).Select(Moment)}<path class="axis" d="M{Left} {Bottom}H{Right}M{Left} {DemandBottom}H{Right}"/>
        <text class="strong" x="0" y="{DemandTop - 10}">demand, vehicles scheduled per 5 min</text>
        {comparison.Reference.DelayOverTime.Select(Bar)}
        {comparison.Rows.Select((row, i) => Series(row, new SeriesLook(i)))}</svg>
        """);

    private static Markup Level(Axis axis, double tick) => Markup.Of(
        $"<path class='grid' d='M{Left} {axis.At(tick)}H{Right}'/><text x='{Left - 8}' y='{axis.At(tick) + 4}' text-anchor='end'>"
        + $"{Axis.Label(tick)}</text>");

    private Markup Moment(long second) => Markup.Of(
        $"<path class='grid' d='M{time.At(second)} {Top}V{Bottom}M{time.At(second)} {DemandTop}V{DemandBottom}'/><text x='{time.At(second)}' "
        + $"y='{DemandBottom + 18}' text-anchor='{Anchor(second)}'>{Words.Clock(second)}</text>");

    private string Anchor(long second) => time.At(second) > Right - 20 ? "end" : "middle";

    private Markup Bar(DelayBinOverSeeds bin)
    {
        var (from, to, top) = (time.At(bin.Begin), time.At(EndOf(bin)), demand.At(bin.Scheduled));
        return Markup.Of($"<rect class='demand' x='{from + 1}' y='{top}' width='{Math.Max(1, to - from - 2)}' height='{DemandBottom - top}'><title>"
            + $"{StreetTime.Format(bin.Begin)}: {bin.Scheduled:0.#} vehicles</title></rect>");
    }

    private Markup Series(StrategyRuns row, SeriesLook look)
    {
        var runs = Unbroken(row).ToList();
        var marked = row.DelayOverTime.Length <= MostMarkers;
        return Markup.Of($"""
            <g class="{look.Class}">{runs.Select(Band)}{runs.Select(run => Line(run, look))}<g class="mark">
            {runs.SelectMany(run => run).Where(_ => marked).Select(bin => Point(bin, look, row.Strategy))}</g></g>

            """);
    }

    private Markup Line(List<DelayBinOverSeeds> bins, SeriesLook look) =>
        Markup.Of($"<polyline class='line' stroke-dasharray='{look.Dash}' points='{bins.Select(bin => At(bin, bin.DelayS!.Value))}'/>");

    private Markup Band(List<DelayBinOverSeeds> bins) => Markup.Of(
        $"<polygon class='band' "
        + $"points='{bins.Select(bin => At(bin, bin.MostS!.Value))}{Enumerable.Reverse(bins).Select(bin => At(bin, bin.LeastS!.Value))}'/>");

    private Markup Point(DelayBinOverSeeds bin, SeriesLook look, string strategy) => look.Marker(
        Middle(bin), delay.At(bin.DelayS!.Value), Markup.Of($"<title>{strategy}, {StreetTime.Format(bin.Begin)}: {bin.DelayS.Value:0.0} s "
            + $"({bin.LeastS!.Value:0.0} to {bin.MostS!.Value:0.0})</title>"));

    private Markup At(DelayBinOverSeeds bin, double seconds) => Markup.Of($"{Middle(bin)},{delay.At(seconds)} ");

    private double Middle(DelayBinOverSeeds bin) => time.At((bin.Begin + EndOf(bin)) / 2.0);

    private long EndOf(DelayBinOverSeeds bin) => Math.Min(bin.Begin + DelayBin.Seconds, comparison.Common.End);

    /// <summary>Bins that follow one another without a gap.</summary>
    private static IEnumerable<List<DelayBinOverSeeds>> Unbroken(StrategyRuns row)
    {
        var run = new List<DelayBinOverSeeds>();
        foreach (var bin in row.DelayOverTime)
        {
            if (bin.DelayS is not null) run.Add(bin);
            else if (run.Count > 0)
            {
                yield return run;
                run = [];
            }
        }

        if (run.Count > 0) yield return run;
    }
}
