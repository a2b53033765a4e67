using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>Each seed of a strategy as a dot, its mean as a bar, on a scale common to all strategies.</summary>
public sealed class StripPlot
{
    private const int Width = 196;
    private const int Height = 40;
    private const int Margin = 14;
    private const int MostTicks = 4;

    private readonly Axis axis;

    public StripPlot(ImmutableArray<StrategyRuns> rows)
    {
        var delays = rows.SelectMany(r => r.Runs).Select(r => r.DelayS).ToArray();
        axis = Axis.Around(delays.Min(), delays.Max(), MostTicks, Margin, Width - Margin);
    }

    public Markup Of(StrategyRuns row, SeriesLook look)
    {
        var mean = axis.At(row.MeanDelayS);
        return Markup.Of($"""
            <svg class="{look.Class}" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" role="img" aria-label="{Spoken(row)}">
            {Grid(0, Height)}<g class="dots">{row.Runs.Select((run, i) => Dot(run, i, look))}</g><path class="mean" d="M{mean} 5V35"/></svg>
            """);
    }

    /// <summary>The scale, to stand under the last strategy.</summary>
    public Markup Scale() => Markup.Of($"""
        <svg width="{Width}" height="20" viewBox="0 0 {Width} 20" aria-hidden="true">
        {Grid(0, 5)}{axis.Ticks(MostTicks).Select(t => Markup.Of($"<text x='{axis.At(t)}' y='17' text-anchor='middle' font-size='12'>{Axis.Label(t)}</text>"))}</svg>
        """);

    private Markup Grid(int from, int to) => Markup.Join(axis.Ticks(MostTicks).Select(t => Markup.Of($"<path class='grid' d='M{axis.At(t)} {from}V{to}'/>")));

    // Spread over the height in turn, so that equal seeds do not hide one another.
    private Markup Dot(RunSummary run, int place, SeriesLook look) =>
        look.Marker(axis.At(run.DelayS), 12 + 8 * (place % 3), Markup.Of($"<title>seed {run.Seed}: {run.DelayS} s</title>"));

    private static string Spoken(StrategyRuns row) =>
        string.Join(", ", row.Runs.Select(r => string.Create(CultureInfo.InvariantCulture, $"seed {r.Seed}: {r.DelayS} s")));
}
