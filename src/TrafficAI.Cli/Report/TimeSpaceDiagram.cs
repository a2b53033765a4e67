using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>Green of the movement straight on along a corridor over time and distance, one drawing per strategy.</summary>
public static class TimeSpaceDiagram
{
    /// <summary>Nothing where there is no corridor.</summary>
    public static Markup Of(Comparison comparison)
    {
        if (comparison.Reference.Greens is not { } any) return Markup.Nothing;
        return Markup.Of($"""
            <section>
            <h2>Green along the road from {any.Corridor.FirstEdge.Value} to {any.Corridor.LastEdge.Value}</h2>
            <p class="soft">{Introduction(comparison, any)}</p>
            {comparison.Rows.Select((row, i) => Drawing(row, new SeriesLook(i)))}{Definition.List(Definitions())}
            </section>
            """);
    }

    private static string Introduction(Comparison comparison, CorridorGreens any) => string.Create(
        CultureInfo.InvariantCulture,
        $"Straight on through {any.Corridor.Stops.Length} intersections, {any.Corridor.Stops[^1].DistanceMetres:0} m, seed {comparison.Common.Seed}. "
        + $"The road runs upwards. Thick: green. Thin: not green. Shaded: whoever leaves the first stop line then meets green all the way.");

    private static IEnumerable<Definition> Definitions() =>
    [
        new("distance", "m", "From the first stop line: lengths of the lanes and of the ways through the junctions, from the network file."),
        new("green all the way", "% of departures", "Departures from the first stop line, second by second, that find green at every further stop line when driven at the speed limits without a queue in the way, "
            + "divided by all departures that reach the last one within the 10 minutes drawn (the middle of the run). One direction of one road: the "
            + "one with most lights, then most lanes straight on, then the longest."),
    ];

    private static Markup Drawing(StrategyRuns row, SeriesLook look)
    {
        var share = row.Greens!.BandShare is { } known ? Words.Percent(known) + " of departures meet green all the way" : "not computable: the road takes longer than the window";
        return Markup.Of($"""
            <figure><ul class="legend"><li>{look.Swatch()}<b>{row.Strategy}</b> {share}</li></ul><div class="scroll">
            {Draw(row.Greens, look)}</div></figure>

            """);
    }

    private static Markup Draw(CorridorGreens greens, SeriesLook look)
    {
        var stops = greens.Corridor.Stops;
        var canvas = new TimeSpaceCanvas([.. stops.Select(s => new PlacedStop(s.Intersection.Value, s.DistanceMetres))], greens.Window, 44, 340);
        var bands = greens.Bands.Select(band => canvas.Band([.. stops.Select(s => (band.Begin + s.TravelSeconds, band.End + s.TravelSeconds))]));
        var lights = stops.Select((_, i) => Markup.Of($"{canvas.StopLine(i)}{canvas.Greens(i, greens.Greens[i], "go", 0)}\n"));
        return canvas.Draw(Words.Clock, Markup.Of($"<g class=\"{look.Class}\">{bands}</g>"), Markup.Join(lights));
    }
}
