using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>Which share of the vehicles had at most which delay.</summary>
public sealed class DistributionChart
{
    private const int Width = 900;
    private const int Left = 52;
    private const int Right = 886;
    private const int Top = 26;
    private const int Bottom = 276;
    private const int Height = 318;

    /// <summary>The drawing ends at so many times the least p95, so that a jam does not squeeze the others against the edge.</summary>
    private const double FarthestTail = 6;

    private readonly Comparison comparison;
    private readonly Axis delay;
    private readonly Axis share = new(0, 100, Bottom, Top);

    private DistributionChart(Comparison comparison)
    {
        this.comparison = comparison;
        var most = Math.Min(comparison.Rows.Max(r => r.DelayPercentilesS[99]), FarthestTail * comparison.Rows.Min(r => r.DelayPercentilesS[95]));
        delay = Axis.FromZero(most, 10, Left, Right);
    }

    public static Markup Of(Comparison comparison) => Markup.Of($"""
        <figure>{ComparisonPage.Legend(comparison, Comment)}<div class="scroll">{new DistributionChart(comparison).Draw()}</div></figure>
        {Definition.List(Definitions())}
        """);

    private static string Comment(StrategyRuns row) => string.Create(
        CultureInfo.InvariantCulture, $"half \u2264 {row.DelayPercentilesS[50]:0.0} s, longest {row.DelayPercentilesS[100]:0} s");

    private static IEnumerable<Definition> Definitions() =>
    [
        new("share of vehicles", "%", "Vehicles of all seeds together whose delay is at most the value beneath, drawn through the percentiles 0 to 100: "
            + "of N delays in rising order, percentile p is the one at place \u230ap/100 (N\u00a0\u2212\u00a01)\u230b from 0. A curve further left "
            + "and higher is better. The drawing ends before the longest delays."),
    ];

    private Markup Draw() => Markup.Of($"""
        <svg class="chart" viewBox="0 0 {Width} {Height}" role="img" aria-label="Cumulative distribution of the delay">
        <text class="strong" x="0" y="14">share of vehicles with at most this delay, %</text>
        {new double[] { 0, 25, 50, 75, 100 }.Select(Level)}{delay.Ticks(10).Select(Value)}<path class="axis" d="M{Left} {Bottom}H{Right}"/>
        <text class="strong" x="{Right}" y="{Bottom + 38}" text-anchor="end">delay, s</text>
        {comparison.Rows.Select((row, i) => Curve(row, new SeriesLook(i)))}</svg>
        """);

    private Markup Level(double percent) => Markup.Of(
        $"<path class='grid' d='M{Left} {share.At(percent)}H{Right}'/><text x='{Left - 8}' y='{share.At(percent) + 4}' text-anchor='end'>"
        + $"{percent} %</text>");

    private Markup Value(double seconds) => Markup.Of(
        $"<path class='grid' d='M{delay.At(seconds)} {Top}V{Bottom}'/><text x='{delay.At(seconds)}' y='{Bottom + 18}' text-anchor='middle'>"
        + $"{Axis.Label(seconds)}</text>");

    private Markup Curve(StrategyRuns row, SeriesLook look) => Markup.Of($"""
        <g class="{look.Class}"><polyline class="line" stroke-dasharray="{look.Dash}" points="{Points(row)}"><title>{row.Strategy}</title></polyline></g>

        """);

    private IEnumerable<Markup> Points(StrategyRuns row)
    {
        var delays = row.DelayPercentilesS;
        for (var p = 0; p < delays.Length; p++)
        {
            if (delays[p] > delay.Most)
            {
                if (p > 0) yield return At(delay.Most, p - 1 + (delay.Most - delays[p - 1]) / (delays[p] - delays[p - 1]));
                yield break;
            }

            yield return At(delays[p], p);
        }

        yield return At(delay.Most, 100);
    }

    private Markup At(double seconds, double percent) => Markup.Of($"{delay.At(seconds)},{share.At(percent)} ");
}
