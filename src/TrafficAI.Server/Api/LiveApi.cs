using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;
using TrafficAI.Server.Telemetry;

namespace TrafficAI.Server.Api;

/// <summary>What the street shows now, and what it showed.</summary>
internal static class LiveApi
{
    private const int MostMoments = 600;
    private const long MostIntersectionSeconds = 2_000_000;
    private const double LeastSpeed = 0.1;
    private const double MostSpeed = 100;

    public static void Map(RouteGroupBuilder api, LiveModel live, LogWindow window, ServerMeter meter, CancellationToken closing)
    {
        api.MapGet("/live", (HttpContext context, string? intersections, long? from, double? speed) => StreamAsync(context, live, window, meter, (intersections, from, speed), closing))
            .WithSummary("Server-sent events: the state of each intersection as it changes").Produces<string>(200, "text/event-stream").RequireRateLimiting(RateLimits.Stream).For(Role.Viewer);
        api.MapGet("/history", (long? from, long? to, int? step, string? intersections, CancellationToken stop) => HistoryAsync(live, window, from, to, step, intersections, stop))
            .WithSummary("The states of the past, at most 600 of them").RequireRateLimiting(RateLimits.Work).For(Role.Viewer);
    }

    private static async Task StreamAsync(
        HttpContext context, LiveModel live, LogWindow window, ServerMeter meter, (string? Intersections, long? From, double? Speed) asked, CancellationToken closing)
    {
        var wanted = Wanted(live, window, asked.Intersections);
        var pace = LogWindow.InRange("speed", asked.Speed ?? 1, LeastSpeed, MostSpeed);
        var begin = asked.From is { } second ? window.Second("from", second) : (long?)null;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, closing);
        var stream = new LiveStream(live, context.Response, wanted);
        meter.View(1);
        try
        {
            if (begin is { } first) await stream.PlayAsync(first, pace, ending.Token);
            else if (live.Ask(view => view.EndedAt) is null) await stream.RunAsync(ending.Token);
            else await stream.PlayAsync(window.Begin, pace, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The viewer has gone, or the server ends.
        }
        finally
        {
            meter.View(-1);
        }
    }

    private static async Task<List<MomentTold>> HistoryAsync(
        LiveModel live, LogWindow window, long? from, long? to, int? step, string? intersections, CancellationToken stop)
    {
        var (first, last) = window.Span(from, to);
        var wanted = Wanted(live, window, intersections);
        var least = (int)Math.Max(1, (last - first) / MostMoments + 1);
        var each = LogWindow.InRange("step", step ?? least, 1, 86_400);
        if ((last - first) / each >= MostMoments)
            throw ApiException.BadInput($"These are more than {MostMoments} moments.", FormattableString.Invariant($"Choose step={least} or more, or a shorter span."));
        if ((last - first) * live.Served.Site.Models.Length > MostIntersectionSeconds)
            throw ApiException.BadInput("The span is too long for a site of this size.", FormattableString.Invariant($"Choose at most {MostIntersectionSeconds / live.Served.Site.Models.Length} seconds."));
        var moments = new List<MomentTold>();
        await foreach (var moment in History.ReadAsync(live.Served, live.Past, new(live.Served.Record, live.Served.Site), first, stop))
        {
            if (moment.Second > last) break;
            if ((moment.Second - first) % each == 0) moments.Add(Told(live.Served, moment, wanted));
        }

        return moments;
    }

    private static MomentTold Told(ServedLog served, Moment moment, ImmutableArray<int> wanted) => new(
        moment.Second, served.Wall(moment.Second), wanted.Where(i => moment.Intersections[i] is not null).ToDictionary(i => served.Site.Models[i].Signals.Id.Value, i => moment.Intersections[i]!));

    /// <summary>Indices of the intersections named, separated by commas; of all where none is.</summary>
    private static ImmutableArray<int> Wanted(LiveModel live, LogWindow window, string? intersections) => string.IsNullOrEmpty(intersections)
        ? [.. Enumerable.Range(0, live.Served.Site.Models.Length)]
        : [.. intersections.Split(',').Select(window.Intersection).Distinct().Order()];
}

/// <summary>A street second of the past.</summary>
/// <param name="Wall">ISO 8601.</param>
/// <param name="Intersections">By id; those of which something was known.</param>
internal sealed record MomentTold(long Second, string Wall, Dictionary<string, IntersectionNow> Intersections);
