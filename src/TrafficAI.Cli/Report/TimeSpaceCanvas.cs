using System.Collections.Immutable;

namespace TrafficAI.Cli.Report;

/// <summary>A stop line on a drawing.</summary>
public readonly record struct PlacedStop(string Id, double DistanceMetres);

/// <summary>The ground of a time-space diagram: time to the right, the road upwards, a line for each stop line.</summary>
public sealed class TimeSpaceCanvas
{
    private const int Width = 900;
    private const int Left = 200;
    private const int Right = 886;
    private const int Top = 12;

    /// <summary>What fits beside the distance.</summary>
    private const int MostLetters = 13;

    /// <summary>Room between the labels of two stop lines.</summary>
    private const double LeastGap = 15;

    private readonly ImmutableArray<PlacedStop> stops;
    private readonly Axis time;
    private readonly Axis distance;
    private readonly int bottom;

    /// <param name="stops">In driving order, at least one.</param>
    /// <param name="stopPixels">Height of the drawing for each stop line after the first.</param>
    public TimeSpaceCanvas(ImmutableArray<PlacedStop> stops, Span window, int stopPixels, int mostPixels)
    {
        this.stops = stops;
        bottom = Top + Math.Clamp(stopPixels * (stops.Length - 1), 110, mostPixels);
        time = new Axis(window.Begin, window.End, Left, Right);
        distance = new Axis(0, Math.Max(1, stops[^1].DistanceMetres), bottom, Top);
    }

    /// <summary>The whole drawing.</summary>
    /// <param name="clock">How a tick of the time axis is written.</param>
    /// <param name="behind">What lies under the stop lines.</param>
    public Markup Draw(Func<long, string> clock, Markup behind, Markup lights) => Markup.Of($"""
        <svg class="chart" viewBox="0 0 {Width} {bottom + 34}" role="img" aria-label="Time-space diagram">
        {time.TimeTicks(10).Select(second => Moment(second, clock(second)))}{behind}
        {lights}{Labels()}</svg>
        """);

    /// <summary>A line along a stop line over the whole window.</summary>
    public Markup StopLine(int stop) => Markup.Of($"<path class='stop' d='M{Left} {Y(stop)}H{Right}'/>");

    /// <summary>Greens of a stop line.</summary>
    /// <param name="shift">Pixels above the line.</param>
    public Markup Greens(int stop, IEnumerable<Span> greens, string look, double shift) => Markup.Of(
        $"<path class='{look}' d='{greens.Select(g => Markup.Of($"M{time.At(g.Begin)} {Y(stop) - shift}H{time.At(g.End)}"))}'/>");

    /// <summary>A band that begins and ends so at each stop line.</summary>
    public Markup Band(ImmutableArray<(double Begin, double End)> passing) => Markup.Of(
        $"<polygon class='way' points='{Edge(passing.Select(p => p.Begin))}{Edge(passing.Select(p => p.End)).Reverse()}'/>");

    /// <summary>Cuts off what lies before or after the window.</summary>
    /// <param name="id">Unique on the page.</param>
    public Markup Within(string id, Markup inside) => Markup.Of(
        $"<clipPath id='{id}'><rect x='{Left}' y='0' width='{Right - Left}' height='{bottom + 34}'/></clipPath><g clip-path='url(#{id})'>{inside}</g>");

    private IEnumerable<Markup> Edge(IEnumerable<double> seconds) =>
        seconds.Select((second, stop) => Markup.Of($"{time.At(second)},{Y(stop)} "));

    private double Y(int stop) => distance.At(stops[stop].DistanceMetres);

    private Markup Moment(long second, string text) => Markup.Of(
        $"<path class='grid' d='M{time.At(second)} {Top - 8}V{bottom + 8}'/><text x='{time.At(second)}' y='{bottom + 26}' "
        + $"text-anchor='{(time.At(second) > Right - 20 ? "end" : "middle")}'>{text}</text>");

    private Markup Labels()
    {
        var places = new double[stops.Length];
        for (var i = 0; i < stops.Length; i++) places[i] = Math.Min(Y(i), i == 0 ? bottom : places[i - 1] - LeastGap);
        return Markup.Join(stops.Select((stop, i) => Label(stop, places[i])));
    }

    private static Markup Label(PlacedStop stop, double y)
    {
        var shown = stop.Id.Length <= MostLetters ? stop.Id : stop.Id[..(MostLetters - 1)] + "\u2026";
        return Markup.Of($"<text x='{Left - 10}' y='{y + 4}' text-anchor='end'><title>{stop.Id}</title><tspan class='strong'>{shown}</tspan> \u00b7 "
            + $"{stop.DistanceMetres:0} m</text>");
    }
}
