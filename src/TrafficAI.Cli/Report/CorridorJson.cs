namespace TrafficAI.Cli.Report;

/// <summary>The corridor as <c>compare --json</c> writes it, documented in docs/json.md.</summary>
public static class CorridorJson
{
    /// <returns>Null without a corridor.</returns>
    public static object? Of(Comparison comparison) => comparison.Reference.Greens is not { } any ? null : new
    {
        FirstEdge = any.Corridor.FirstEdge.Value,
        LastEdge = any.Corridor.LastEdge.Value,
        comparison.Common.Seed,
        any.Window.Begin,
        any.Window.End,
        Stops = any.Corridor.Stops.Select(s => new { Intersection = s.Intersection.Value, DistanceM = s.DistanceMetres, TravelS = s.TravelSeconds }),
        Strategies = comparison.Rows.Select(row => new
        {
            row.Strategy,
            row.Greens!.BandShare,
            Bands = row.Greens.Bands.Select(Ends),
            Greens = row.Greens.Greens.Select(stop => stop.Select(Ends)),
        }),
    };

    private static long[] Ends(Span span) => [span.Begin, span.End];
}
