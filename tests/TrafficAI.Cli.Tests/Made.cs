using System.Collections.Immutable;
using TrafficAI.Cli.Report;
using TrafficAI.Network;

namespace TrafficAI.Cli.Tests;

/// <summary>Comparisons made by hand, without a street.</summary>
internal static class Made
{
    /// <param name="delays">Per strategy the mean delay of each seed, s.</param>
    /// <param name="names">Strategies; by default a, b, c.</param>
    public static Comparison Comparison(double[][] delays, long[] seeds, string[]? names = null, string intersection = "centre", CorridorGreens? greens = null) => new(
        [.. delays.Select((row, i) => StrategyRuns.Of(
            names?[i] ?? $"{(char)('a' + i)}", [.. row.Select((delay, k) => new SimulationRun(Run(delay, seeds[k], intersection), [new(10, delay), new(400, delay)], greens))]))],
        "trafficai compare here");

    public static RunSummary Run(double delay, long seed, string intersection = "centre") => new(
        RunSummary.SchemaName, "1.0", "here", "sumo", "any", "R+", "full", 0, seed, 1, "", 0, 3600, delay, delay, 2, 2, 0, 0, 60, 10, new(1.5, 2, null, 1, delay / 2, 0, null),
        new ControlFigures(1, 10, 5, 10, 0, 0, 0, 0, 0, 0, 0, [], "00"),
        DelayBin.Of([new(10, delay), new(400, delay)], 0, 3600),
        [new IntersectionFigures(intersection, 3600, delay / 10, delay, 100, 100, 0.2), new IntersectionFigures("silent", 0, null, null, 0, null, null)], null, null, null);

    /// <summary>Three stop lines, 100 m and 10 s from one another, within the first 100 s.</summary>
    public static CorridorGreens Greens(params ImmutableArray<Span>[] greens) => new(
        new Corridor(new("in"), new("out"), [.. Enumerable.Range(0, 3).Select(i => new CorridorStop(new IntersectionId($"x{i}"), 100 * i, 10 * i, [0]))]),
        new Span(0, 100), [.. greens]);
}
