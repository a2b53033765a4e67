using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Measures;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Api;

/// <summary>Green along a corridor.</summary>
internal static class CorridorsApi
{
    private const int LongestSeconds = 7_200;

    public static void Map(RouteGroupBuilder api, ServedLog served, LogWindow window, MeasuredSpans spans) =>
        api.MapGet("/corridors/{id}/time-space", (string id, long? from, long? to, CancellationToken stop) => DrawAsync(served, window, spans, id, from, to, stop))
            .WithSummary("When each stop line of a corridor had green, and who could drive through").RequireRateLimiting(RateLimits.Work).For(Role.Viewer);

    private static async Task<object> DrawAsync(ServedLog served, LogWindow window, MeasuredSpans spans, string id, long? from, long? to, CancellationToken stop)
    {
        var part = served.Site.File.Corridors.FirstOrDefault(corridor => corridor.Id == id)
            ?? throw ApiException.NotFound($"The site has no corridor '{LogWindow.Shortened(id)}'.", "Take one of /api/v1/site; signals.json names them.");
        var (first, last) = window.Span(from ?? Math.Max(window.Begin, (to ?? window.End) - 300), to);
        LogWindow.InRange("to - from", last - first, 0, LongestSeconds);
        var both = await spans.TimeSpaceAsync(first, last + 1, part.Intersections, stop);
        var (there, back) = (both.FirstOrDefault(way => way.Corridor == id && !way.IsInbound), both.FirstOrDefault(way => way.Corridor == id && way.IsInbound));
        var travel = TravelSeconds(served, part);
        return new
        {
            Stops = Stops(part, there, travel),
            Greens = GreensOf(part, there),
            Inbound = GreensOf(part, back),
            Bands = there is null || travel.IsEmpty ? [] : ThroughBands.Find([.. there.Stops.Select(stop => stop.Greens)], travel, first, last + 1).Select(Ends),
            Trajectories = Array.Empty<object>(),
        };
    }

    private static IEnumerable<object> Stops(CorridorPart part, TimeSpace? way, ImmutableArray<double> travel) => part.Intersections.Select((stop, i) => (object)new
    {
        Intersection = stop.Value,
        DistanceMetres = way is null ? i : Math.Round(way.Stops[i].DistanceMetres, 1),
        TravelSeconds = travel.IsEmpty ? (double?)null : Math.Round(travel[i], 1),
    });

    /// <summary>Per stop in the order of the corridor; empty where the corridor cannot be driven that way.</summary>
    private static IEnumerable<IEnumerable<long[]>> GreensOf(CorridorPart part, TimeSpace? way) => part.Intersections.Select(stop =>
        way?.Stops.FirstOrDefault(at => at.Intersection == stop) is { } found ? found.Greens.Select(Ends) : []);

    private static long[] Ends(GreenSpan span) => [span.From, span.To];

    private static ImmutableArray<double> TravelSeconds(ServedLog served, CorridorPart part) =>
        [.. RouteFinder.Find(served.Site.Network, [.. part.Intersections.Select(id => served.Site.Network.Find(id)!.Index)], out _).Select(stop => stop.TravelSeconds)];
}
