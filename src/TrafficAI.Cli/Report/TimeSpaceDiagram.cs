using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Cli.Report;

/// <summary>Green of the movement straight on along a corridor over time and distance, one drawing per strategy.</summary>
public sealed class TimeSpaceDiagram
{
    private const int Width = 900;
    private const int Left = 200;
    private const int Right = 886;
    private const int Top = 12;

    /// <summary>What fits beside the distance.</summary>
    private const int MostLetters = 13;

    /// <summary>Room between the labels of two stop lines.</summary>
    private const double LeastGap = 15;

    private readonly CorridorGreens greens;
    private readonly Axis time;
    private readonly Axis distance;
    private readonly int bottom;

    private TimeSpaceDiagram(CorridorGreens greens)
    {
        this.greens = greens;
        bottom = Top + Math.Clamp(44 * (greens.Corridor.Stops.Length - 1), 110, 340);
        time = new Axis(greens.Window.Begin, greens.Window.End, Left, Right);
        distance = new Axis(0, Math.Max(1, greens.Corridor.Stops[^1].DistanceMetres), bottom, Top);
    }

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
            {new TimeSpaceDiagram(row.Greens).Draw(look)}</div></figure>

            """);
    }

    private Markup Draw(SeriesLook look) => Markup.Of($"""
        <svg class="chart" viewBox="0 0 {Width} {bottom + 34}" role="img" aria-label="Time-space diagram">
        {time.TimeTicks(10).Select(Moment)}<g class="{look.Class}">{greens.Bands.Select(Band)}</g>
        {greens.Corridor.Stops.Select((_, i) => Lights(i))}{Labels()}</svg>
        """);

    private Markup Moment(long second) => Markup.Of(
        $"<path class='grid' d='M{time.At(second)} {Top - 8}V{bottom + 8}'/><text x='{time.At(second)}' y='{bottom + 26}' "
        + $"text-anchor='{(time.At(second) > Right - 20 ? "end" : "middle")}'>{Words.Clock(second)}</text>");

    private Markup Band(Span span) => Markup.Of($"<polygon class='way' points='{Edge(span.Begin)}{Edge(span.End).Reverse()}'/>");

    private ImmutableArray<Markup> Edge(long departure) =>
        [.. greens.Corridor.Stops.Select(s => Markup.Of($"{time.At(departure + s.TravelSeconds)},{distance.At(s.DistanceMetres)} "))];

    private Markup Lights(int stop)
    {
        var y = distance.At(greens.Corridor.Stops[stop].DistanceMetres);
        return Markup.Of($"<path class='stop' d='M{Left} {y}H{Right}'/><path class='go' "
            + $"d='{greens.Greens[stop].Select(g => Markup.Of($"M{time.At(g.Begin)} {y}H{time.At(g.End)}"))}'/>\n");
    }

    private Markup Labels()
    {
        var stops = greens.Corridor.Stops;
        var places = new double[stops.Length];
        for (var i = 0; i < stops.Length; i++) places[i] = Math.Min(distance.At(stops[i].DistanceMetres), i == 0 ? bottom : places[i - 1] - LeastGap);
        return Markup.Join(stops.Select((stop, i) => Label(stop, places[i])));
    }

    private static Markup Label(CorridorStop stop, double y)
    {
        var id = stop.Intersection.Value;
        var shown = id.Length <= MostLetters ? id : id[..(MostLetters - 1)] + "\u2026";
        return Markup.Of($"<text x='{Left - 10}' y='{y + 4}' text-anchor='end'><title>{id}</title><tspan class='strong'>{shown}</tspan> \u00b7 "
            + $"{stop.DistanceMetres:0} m</text>");
    }
}
