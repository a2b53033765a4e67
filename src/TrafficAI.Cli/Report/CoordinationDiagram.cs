using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Cli.Coordination;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Cli.Report;

/// <summary>Greens of both directions of a corridor over time and distance, with both bands.</summary>
public static class CoordinationDiagram
{
    private const int Cycles = 3;

    /// <summary>Greens of the two directions lie so many pixels above and below the stop line.</summary>
    private const double Apart = 4;

    private static readonly SeriesLook OutboundLook = new(1);
    private static readonly SeriesLook InboundLook = new(2);

    /// <param name="id">Unique on the page.</param>
    public static Markup Of(CorridorModel corridor, CoordinatedOffsets solved, string id)
    {
        var stops = Enumerable.Range(0, corridor.Length).Select(i => new PlacedStop(corridor.Signals[i].Id.Value, corridor.Outbound[i].DistanceMetres));
        var canvas = new TimeSpaceCanvas([.. stops], new Span(0, Cycles * corridor.Problem.CycleSeconds), 52, 560);
        var lights = Markup.Join(Enumerable.Range(0, corridor.Length).Select(i => Lights(canvas, corridor, solved, i)));
        return Markup.Of($"""
            <figure>{Legend(corridor, solved)}<div class="scroll">
            {canvas.Draw(Seconds, canvas.Within(id + "b", Bands(canvas, corridor, solved)), canvas.Within(id + "g", lights))}</div></figure>

            """);
    }

    private static Markup Legend(CorridorModel corridor, CoordinatedOffsets solved)
    {
        var inbound = corridor.IsOneWay ? Markup.Nothing : Markup.Of($"<li>{Swatch(InboundLook)}<b>inbound</b>, {corridor.Signals[^1].Id.Value} to {corridor.Signals[0].Id.Value}: {solved.Inbound.WidthSeconds} s</li>");
        return Markup.Of($"<ul class='legend'><li>{Swatch(OutboundLook)}<b>outbound</b>, {corridor.Signals[0].Id.Value} to {corridor.Signals[^1].Id.Value}: {solved.Outbound.WidthSeconds} s</li>{inbound}</ul>");
    }

    private static Markup Swatch(SeriesLook look) => Markup.Of(
        $"<svg class='swatch {look.Class}' width='34' height='14' viewBox='0 0 34 14' aria-hidden='true'><rect class='way' width='34' height='14'/><path class='line' d='M0 7H34' stroke-width='5'/></svg>");

    private static Markup Bands(TimeSpaceCanvas canvas, CorridorModel corridor, CoordinatedOffsets solved)
    {
        var junctions = corridor.Problem.Junctions;
        var outbound = Drawn(canvas, corridor, solved.Outbound, [.. junctions.Select(j => j.OutboundSeconds)]);
        var inbound = corridor.IsOneWay ? Markup.Nothing : Drawn(canvas, corridor, solved.Inbound, [.. junctions.Select(j => -j.InboundSeconds)]);
        return Markup.Of($"<g class='{OutboundLook.Class}'>{outbound}</g><g class='{InboundLook.Class}'>{inbound}</g>");
    }

    /// <param name="after">Per junction, seconds after the band passes the first stop line; negative for before.</param>
    private static Markup Drawn(TimeSpaceCanvas canvas, CorridorModel corridor, GreenBand band, ImmutableArray<int> after)
    {
        if (band.WidthSeconds == 0) return Markup.Nothing;
        var cycle = corridor.Problem.CycleSeconds;
        var reach = after.Max(Math.Abs) / cycle + 1;
        return Markup.Join(Enumerable.Range(-reach, Cycles + 2 * reach).Select(k => k * cycle + band.BeginSecond)
            .Where(begin => after.Any(a => begin + a < Cycles * cycle && begin + a + band.WidthSeconds > 0))
            .Select(begin => canvas.Band([.. after.Select(a => ((double)(begin + a), (double)(begin + a + band.WidthSeconds)))])));
    }

    private static Markup Lights(TimeSpaceCanvas canvas, CorridorModel corridor, CoordinatedOffsets solved, int i)
    {
        var junction = corridor.Problem.Junctions[i];
        var outbound = canvas.Greens(i, Repeated(corridor, junction.OutboundGreen, solved.Offsets[i]), "green " + OutboundLook.Class, corridor.IsOneWay ? 0 : Apart);
        var inbound = corridor.IsOneWay ? Markup.Nothing : canvas.Greens(i, Repeated(corridor, junction.InboundGreen, solved.Offsets[i]), "green " + InboundLook.Class, -Apart);
        return Markup.Of($"{canvas.StopLine(i)}{outbound}{inbound}\n");
    }

    private static IEnumerable<Span> Repeated(CorridorModel corridor, ImmutableArray<bool> green, int offset)
    {
        var cycle = corridor.Problem.CycleSeconds;
        return Enumerable.Range(-2, Cycles + 3).SelectMany(k => GreenRuns.Windows(green).Select(w => new Span(k * cycle + offset + w.Begin, k * cycle + offset + w.End)))
            .Where(span => span.End > 0 && span.Begin < Cycles * cycle);
    }

    private static string Seconds(long second) => string.Create(CultureInfo.InvariantCulture, $"{second} s");
}
