using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Measures;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Api;

/// <summary>Green along a corridor, and the ways of vehicles.</summary>
internal static class CorridorsApi
{
    private const int LongestSeconds = 7_200;

    public static void Map(RouteGroupBuilder api, ServedLog served, LogWindow window, MeasuredSpans spans) =>
        api.MapGet("/corridors/{id}/time-space", (string id, long? from, long? to, CancellationToken stop) => DrawAsync(served, window, spans, id, from, to, stop))
            .WithSummary("When each stop line of a corridor had green, who could drive through, and the ways of tracked vehicles").RequireRateLimiting(RateLimits.Work).For(Role.Viewer);

    private static async Task<TimeSpaceTold> DrawAsync(ServedLog served, LogWindow window, MeasuredSpans spans, string id, long? from, long? to, CancellationToken stop)
    {
        var part = served.Site.File.Corridors.FirstOrDefault(corridor => corridor.Id == id)
            ?? throw ApiException.NotFound($"The site has no corridor '{LogWindow.Shortened(id)}'.", "Take one of /api/v1/site; signals.json names them.");
        var (first, last) = window.Span(from ?? Math.Max(window.Begin, (to ?? window.End) - 300), to);
        LogWindow.InRange("to - from", last - first, 0, LongestSeconds);
        var span = await spans.CorridorAsync(part, first, last + 1, stop);
        var (there, back) = (span.Ways.FirstOrDefault(way => !way.IsInbound), span.Ways.FirstOrDefault(way => way.IsInbound));
        return new(
            Stops(part, there, back), GreensOf(part, there), GreensOf(part, back), BandsOf(there, first, last + 1),
            [.. OneWay(there, "out"), .. OneWay(back, "back")], [.. span.Tracks.Select(Told)], span.TrackedFrom);
    }

    private static ImmutableArray<StopTold> Stops(CorridorPart part, TimeSpace? there, TimeSpace? back) => [.. part.Intersections.Select((id, i) =>
    {
        var stop = StopAt(there, id)?.Stop;
        return new StopTold(id.Value, Math.Round((stop ?? StopAt(back, id)?.Stop)?.Metres ?? i, 1), stop is null ? null : Math.Round(stop.Route.TravelSeconds, 1));
    })];

    /// <summary>Per stop in the order of the corridor; empty where the corridor cannot be driven that way.</summary>
    private static ImmutableArray<ImmutableArray<long[]>> GreensOf(CorridorPart part, TimeSpace? way) =>
        [.. part.Intersections.Select(id => StopAt(way, id) is { } found ? Ends(found.Greens) : [])];

    private static IEnumerable<OneWayStopTold> OneWay(TimeSpace? way, string direction) => (way?.Stops ?? []).Where(at => !at.Stop.IsNamed)
        .Select(at => new OneWayStopTold(at.Stop.Intersection.Value, direction, Math.Round(at.Stop.Metres, 1), Ends(at.Greens)));

    private static ImmutableArray<long[]> BandsOf(TimeSpace? way, long from, long to) => way is null ? []
        : Ends(ThroughBands.Find([.. way.Stops.Select(at => at.Greens)], [.. way.Stops.Select(at => at.Stop.Route.TravelSeconds)], from, to));

    private static TrackTold Told(CorridorTrack track) =>
        new(track.Id, track.IsInbound ? "back" : "out", [.. track.Points.Select(point => new[] { point.Second, point.Metres })]);

    private static TimeSpaceStop? StopAt(TimeSpace? way, Network.IntersectionId id) => way?.Stops.FirstOrDefault(at => at.Stop.Intersection == id);

    private static ImmutableArray<long[]> Ends(ImmutableArray<GreenSpan> spans) => [.. spans.Select(span => new[] { span.From, span.To })];
}

/// <summary>What a time-space diagram is drawn of. Spans are pairs of street seconds, the first and the one after the last.</summary>
/// <param name="Stops">The intersections that the corridor names, in its order.</param>
/// <param name="Greens">Per stop, of the way from the first to the last.</param>
/// <param name="Inbound">Per stop, of the way back; empty where the corridor cannot be driven that way.</param>
/// <param name="Bands">Departures from the first stop line that meet green at each, at the speed limits.</param>
/// <param name="OneWayStops">Lights that only one direction passes, and that the corridor does not name.</param>
/// <param name="TrackedFrom">The first second whose tracks are told; null where no vehicle was tracked.</param>
internal sealed record TimeSpaceTold(
    ImmutableArray<StopTold> Stops, ImmutableArray<ImmutableArray<long[]>> Greens, ImmutableArray<ImmutableArray<long[]>> Inbound, ImmutableArray<long[]> Bands,
    ImmutableArray<OneWayStopTold> OneWayStops, ImmutableArray<TrackTold> Trajectories, long? TrackedFrom);

/// <summary>An intersection of a corridor.</summary>
/// <param name="DistanceMetres">From the first one along the road.</param>
/// <param name="TravelSeconds">From its stop line at the speed limits; null where one cannot drive there.</param>
internal sealed record StopTold(string Intersection, double DistanceMetres, double? TravelSeconds);

/// <summary>A light that one direction passes.</summary>
/// <param name="Direction">out from the first to the last, or back.</param>
internal sealed record OneWayStopTold(string Intersection, string Direction, double DistanceMetres, ImmutableArray<long[]> Greens);

/// <summary>The way of a vehicle before one stop line, as far as the sensor there saw it.</summary>
/// <param name="Id">Intersection and number of the track; the same vehicle has another one at the next intersection.</param>
/// <param name="Direction">out from the first to the last, or back.</param>
/// <param name="Points">Pairs of street second and metres along the corridor.</param>
internal sealed record TrackTold(string Id, string Direction, ImmutableArray<double[]> Points);
