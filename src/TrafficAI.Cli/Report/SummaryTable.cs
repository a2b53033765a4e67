namespace TrafficAI.Cli.Report;

/// <summary>The strategies side by side.</summary>
public static class SummaryTable
{
    public static Markup Of(Comparison comparison)
    {
        var strip = new StripPlot(comparison.Rows);
        return Markup.Of($"""
            <div class="scroll"><table class="delays">
            <thead><tr><th class="name">strategy</th><th>mean delay<small>s per vehicle</small></th>
            <th class="mid">each seed, and the mean<small>mean delay of a seed, s</small></th><th>difference<small>s, with 95 % interval</small></th>
            <th>worst seed<small>s</small></th><th>p95<small>s</small></th><th>under way<small>at the end</small></th>
            <th>never in<small>vehicles</small></th><th>jammed<small>seeds</small></th></tr></thead>
            <tbody>
            {comparison.Rows.Select((row, i) => Row(comparison.Reference, row, new SeriesLook(i), strip))}<tr aria-hidden="true"><td></td><td></td>
            <td class="plot">{strip.Scale()}</td><td colspan="6"></td></tr>
            </tbody></table></div>
            {Definition.List(Definitions(comparison.Reference))}
            """);
    }

    private static Markup Row(StrategyRuns reference, StrategyRuns row, SeriesLook look, StripPlot strip) => Markup.Of($"""
        <tr><td class="name nowrap">{look.Swatch()}{row.Strategy}</td>
        <td><b>{Words.Number(row.MeanDelayS)}</b></td>
        <td class="plot">{strip.Of(row, look)}</td>
        <td class="nowrap">{Difference(reference, row)}</td>
        <td>{Words.Number(row.WorstDelayS)}</td>
        <td>{Words.Number(row.MeanP95S)}</td>
        <td>{Words.Number(row.MeanUnfinished)}</td>
        <td>{Words.Number(row.MeanNeverInserted)}</td>
        <td class="nowrap">{row.Gridlocked(reference)} of {row.Runs.Length}</td></tr>

        """);

    private static Markup Difference(StrategyRuns reference, StrategyRuns row)
    {
        if (row == reference) return Markup.Of($"<span class='soft'>reference</span>");
        var (mean, halfWidth) = row.DifferenceTo(reference);
        var interval = double.IsNaN(halfWidth)
            ? "not computable: 1 seed"
            : $"{Words.WithSign(mean - halfWidth)} to {Words.WithSign(mean + halfWidth)}";
        var share = reference.MeanDelayS > 0 ? $" ({Words.WholePercent(mean / reference.MeanDelayS)})" : "";
        return Markup.Of($"{Words.WithSign(mean)}{share}<small>{interval}</small>");
    }

    private static IEnumerable<Definition> Definitions(StrategyRuns reference) =>
    [
        new("mean delay", "s per vehicle", "Per seed: the sum of the delays of all N vehicles scheduled in the window, divided by N; then the mean over the seeds. "
            + "Delay, from SUMO\u2019s own trip file: timeLoss + departDelay of a vehicle that entered; end of the window \u2212 scheduled departure "
            + "of one that did not."),
        new("difference", "s per vehicle", $"d = mean over the seeds of (delay \u2212 delay of {reference.Strategy} with the same seed). Interval: d \u00b1 t \u00b7 s / \u221an, with s the standard "
            + "deviation of these n differences and t = Student\u2019s t(0.975; n\u00a0\u2212\u00a01). In brackets: d / mean delay of the reference."),
        new("worst seed", "s per vehicle", "The largest mean delay of any seed."),
        new("p95", "s", "95 % of the vehicles had at most this delay: the delays of a seed in rising order, place \u230a0.95 (N\u00a0\u2212\u00a01)\u230b from 0; mean over the seeds."),
        new("under way at the end", "vehicles", "Entered, and had not arrived when the window ended; mean over the seeds. They count with the delay they had by then."),
        new("never in", "vehicles", "Scheduled, but found no room to enter the street; mean over the seeds. They count in the delay."),
        new("jammed", "seeds", $"Mean delay over 2 \u00d7 the strategy\u2019s own median, or under way + never in over 2 \u00d7 those of {reference.Strategy} with the same seed and over 20."),
    ];
}
