using System.Collections.Immutable;

namespace TrafficAI.Cli.Report;

/// <summary>What the trip files tell besides delays: stops, buses, people on foot, the air.</summary>
public static class FigureTable
{
    /// <summary>A section, or nothing where the trip files tell nothing.</summary>
    public static Markup Of(Comparison comparison)
    {
        var reference = comparison.Reference;
        var columns = SideFigure.OfTrips(reference, reference);
        return columns.IsEmpty ? Markup.Nothing : Markup.Of($"""
            <section>
            <h2>Stops, buses, people on foot, air</h2>
            <div class="scroll"><table class="delays">
            <thead><tr><th class="name">strategy</th>{columns.Select(column => Markup.Of($"<th>{SideFigure.Title(column.Name)}</th>"))}</tr></thead>
            <tbody>
            {comparison.Rows.Select((row, i) => Row(columns, reference, row, new SeriesLook(i)))}</tbody></table></div>
            {Definition.List(Definitions)}
            </section>

            """);
    }

    private static Markup Row(ImmutableArray<SideFigure> columns, StrategyRuns reference, StrategyRuns row, SeriesLook look)
    {
        var known = SideFigure.OfTrips(row, reference);
        return Markup.Of($"""
            <tr><td class="name nowrap">{look.Swatch()}{row.Strategy}</td>
            {columns.Select(column => Cell(known.FirstOrDefault(figure => figure.Name == column.Name), isReference: row == reference))}</tr>

            """);
    }

    private static Markup Cell(SideFigure? figure, bool isReference)
    {
        if (figure is null) return Markup.Of($"<td>–</td>");
        var (mean, halfWidth) = figure.Difference;
        var interval = isReference || double.IsNaN(halfWidth)
            ? Markup.Nothing
            : Markup.Of($"<small>{Words.WithSign(mean - halfWidth)} to {Words.WithSign(mean + halfWidth)}</small>");
        return Markup.Of($"<td class='nowrap'>{Words.Number(figure.Mean)}{interval}</td>");
    }

    private static readonly Definition[] Definitions =
    [
        new("stops per vehicle", "", "How often a vehicle that entered came to stand: waitingCount of the trip file, mean over the vehicles, then over the seeds."),
        new("bus delay", "s per bus", "The delay as above, of vehicles whose class is bus or coach; time at stops is not part of it."),
        new("delay of a walk", "s", "timeLoss of the walks that began in the window and ended before its end: what they took longer than at the walker's own pace."),
        new("CO2", "g per km", "CO2_abs of SUMO's emission model (HBEFA 3, by vehicle class) over the kilometres driven, of all vehicles that entered."),
        new("small figures", "", "95 % interval of the difference to the first strategy, paired by seed."),
    ];
}
