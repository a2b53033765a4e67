using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>Every intersection under every strategy, the largest change first.</summary>
public sealed class IntersectionTable
{
    /// <summary>From so many strategies on their names stand upright, so that the table fits.</summary>
    private const int RowsToTurnHeadings = 4;

    private readonly Comparison comparison;
    private readonly ImmutableArray<Measure> measures;

    private IntersectionTable(Comparison comparison)
    {
        this.comparison = comparison;
        var longest = comparison.Rows.Max(row => row.Intersections.Max(one => one.MeanQueue)) ?? 0;
        measures =
        [
            new("mean queue", "vehicles", longest < 10 ? "0.00" : "0.0", one => one.MeanQueue),
            new("largest queue", "vehicles", comparison.Common.Sensing == "full" ? "0" : "0.0", one => one.LargestQueue),
            new("phase changes", "per hour", "0", one => one.PhaseChangesPerHour),
            new("interphase", "% of the time", "0.0", one => 100 * one.InterphaseShare),
        ];
    }

    /// <param name="Format">How its values are written.</param>
    private sealed record Measure(string Name, string Unit, string Format, Func<IntersectionOverSeeds, double?> Of);

    public static Markup Of(Comparison comparison) => new IntersectionTable(comparison).Draw();

    private Markup Draw() => Markup.Of($"""
        <p class="soft">{Introduction()}</p>
        <div class="scroll"><table class="many{(comparison.Rows.Length >= RowsToTurnHeadings ? " upright" : "")}">
        <thead><tr><th class="name"></th>
        {measures.Select(m => Markup.Of($"<th class='mid first' colspan='{comparison.Rows.Length}'>{m.Name}<small>{m.Unit}</small></th>"))}</tr>
        <tr><th class="name" data-column="0"><button type="button">intersection</button></th>
        {measures.SelectMany((_, m) => comparison.Rows.Select((row, i) => Head(m, i, row)))}</tr></thead>
        <tbody>
        {Order().Select(Row)}</tbody></table></div>
        {Definition.List(Definitions())}
        """);

    private string Introduction() => comparison.Rows.Length == 1
        ? "The longest mean queue first."
        : $"Small figures: difference to {comparison.Reference.Strategy}. The largest change of the mean queue first.";

    private Markup Head(int measure, int strategy, StrategyRuns row) => Markup.Of(
        $"<th class='{new SeriesLook(strategy).Class}{(strategy == 0 ? " first" : "")}' "
        + $"data-column='{1 + measure * comparison.Rows.Length + strategy}'><button type='button'>{row.Strategy}</button></th>");

    private IEnumerable<int> Order() => Enumerable.Range(0, comparison.Reference.Intersections.Length).OrderByDescending(Change);

    private double Change(int intersection)
    {
        var reference = comparison.Reference.Intersections[intersection];
        if (comparison.Rows.Length == 1) return reference.MeanQueue ?? 0;
        return comparison.Rows.Max(row => Math.Abs(row.Intersections[intersection].Minus(reference).MeanQueue ?? 0));
    }

    private Markup Row(int intersection) => Markup.Of(
        $"<tr><td class='name'>{comparison.Reference.Intersections[intersection].Id}</td>"
        + $"{measures.SelectMany(m => comparison.Rows.Select((_, i) => Cell(m, intersection, i)))}</tr>\n");

    private Markup Cell(Measure measure, int intersection, int strategy)
    {
        var first = strategy == 0 ? "first" : "";
        var value = measure.Of(comparison.Rows[strategy].Intersections[intersection]);
        if (value is not { } known) return Markup.Of($"<td class='{first}' data-value='-1'><small>not computable:<br>no frames</small></td>");
        var difference = known - measure.Of(comparison.Reference.Intersections[intersection]);
        var small = strategy == 0 || difference is not { } d ? Markup.Nothing : Markup.Of($"<small>{Words.WithSign(d, measure.Format)}</small>");
        return Markup.Of($"<td class='{first}' data-value='{known.ToString("0.####", CultureInfo.InvariantCulture)}'>"
            + $"{Words.Number(known, measure.Format)}{small}</td>");
    }

    private IEnumerable<Definition> Definitions()
    {
        var sight = comparison.Common.Sensing == "full" ? "seen within 200 m of the stop line; what stands further back is not counted" : "inferred from the loops";
        return
        [
            new("mean queue", "vehicles", $"Vehicles standing or crawling before all stop lines of the intersection together, as the optimiser estimates them in each second ({sight}). Mean over the seconds with a decision, then over the seeds."),
            new("largest queue", "vehicles", "The most of them in any second of any seed."),
            new("phase changes", "per hour", "Passages to another phase that were begun, divided by the seconds that the controller reported, times 3600; mean over the seeds."),
            new("interphase", "% of the time", "Seconds spent passing from one phase to another (amber, all red), divided by the seconds that the controller reported; mean over the seeds."),
        ];
    }
}
