namespace TrafficAI.Cli.Report;

/// <summary>A comparison as one self-contained page: no network, no time stamp, the same bytes for equal runs.</summary>
public static class ComparisonPage
{
    public static Markup Of(Comparison comparison) => ReportPage.Of($"{comparison.Common.Scenario}: {Names(comparison)}", Content(comparison), Markup.Of($"""
        <script>
        {PageScript.Sort}
        </script>

        """));

    private static Markup Content(Comparison comparison) => Markup.Of($"""
        <header>
        <p class="kicker">TrafficAI comparison of {Names(comparison)}</p>
        <h1>{Headline.Of(comparison)}</h1>
        {RunFacts.Line(comparison)}
        {WarningList(comparison)}
        </header>
        <section>
        <h2>Delay</h2>
        {SummaryTable.Of(comparison)}
        </section>
        {FigureTable.Of(comparison)}
        <section>
        <h2>Delay over time</h2>
        {DelayOverTimeChart.Of(comparison)}
        </section>
        <section>
        <h2>How the delay is spread</h2>
        {DistributionChart.Of(comparison)}
        </section>
        <section>
        <h2>Intersections</h2>
        {IntersectionTable.Of(comparison)}
        </section>
        {TimeSpaceDiagram.Of(comparison)}
        <section>
        <h2>How this page was made</h2>
        {RunFacts.Table(comparison)}
        </section>
        """);

    /// <summary>Every strategy with what it is drawn as.</summary>
    /// <param name="comment">More on one strategy, or null.</param>
    public static Markup Legend(Comparison comparison, Func<StrategyRuns, string?> comment) => Markup.Of(
        $"<ul class='legend'>{comparison.Rows.Select((row, i) => Entry(new SeriesLook(i), row.Strategy, comment(row)))}</ul>\n");

    private static Markup Entry(SeriesLook look, string name, string? comment) =>
        Markup.Of($"<li>{look.Swatch()}<b>{name}</b>{(comment is null ? "" : " " + comment)}</li>");

    private static string Names(Comparison comparison) => string.Join(", ", comparison.Rows.Select(r => r.Strategy));

    private static Markup WarningList(Comparison comparison)
    {
        var warnings = Warnings.Of(comparison);
        return warnings.IsEmpty ? Markup.Nothing : Markup.Of($"<ul class='warnings'>{warnings.Select(w => Markup.Of($"<li>{w}</li>"))}</ul>");
    }
}
