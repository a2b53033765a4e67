using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Runtime.Explain;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>One intersection in detail: its state at a moment, its decisions, and why.</summary>
internal static class DecisionsApi
{
    private const int MostDecisions = 500;

    public static void Map(RouteGroupBuilder api, LiveModel live, LogWindow window, Moments moments)
    {
        var one = api.MapGroup("/intersections/{id}");
        one.MapGet("/state", (string id, long? at, CancellationToken stop) =>
                moments.AtAsync(window.Intersection(id), at is { } second ? window.Second("at", second) : window.End, stop))
            .WithSummary("Its state at a street second, with lanes, detectors and the plan ahead").RequireRateLimiting(RateLimits.Work).For(Role.Viewer);
        var cases = new ComparableCases(live.Served, moments);
        one.MapGet("/comparable", (string id, long? at, CancellationToken stop) => cases.FindAsync(window.Intersection(id), at is { } second ? window.Second("at", second) : window.End, stop))
            .WithSummary("Past decisions on traffic much like that of a street second").RequireRateLimiting(RateLimits.Work).For(Role.Viewer);
        one.MapGet("/decisions", (string id, long? from, long? to, int? limit, CancellationToken stop) =>
                ListAsync(live.Served, window, window.Intersection(id), from, to, LogWindow.InRange("limit", limit ?? 50, 1, MostDecisions), stop))
            .WithSummary("Its decisions, the newest first").For(Role.Viewer);
        one.MapGet("/decisions/{revision:long}", (string id, long revision, string? language, CancellationToken stop) =>
                ExplainAsync(live.Served, moments, window.Intersection(id), revision, language, stop))
            .WithSummary("Why: in words of a language, and as facts").RequireRateLimiting(RateLimits.Work).For(Role.Viewer);
    }

    private static async Task<List<Decided>> ListAsync(ServedLog served, LogWindow window, int index, long? from, long? to, int limit, CancellationToken stop)
    {
        var (first, last) = window.Span(from, to);
        var id = served.Site.Models[index].Signals.Id;
        var end = await StreetPlaces.RevisionAsync(served.Log, id, last + 2, stop);
        var found = new List<Decided>();
        await foreach (var e in served.Log.ReadBackwardsAsync(StreamNames.Intersection(id), Math.Max(0, end - 1), stop))
        {
            if (e.Type != IntersectionEvent.PhaseDecided) continue;
            var decided = (PhaseDecided)EventTypes.Decode(e);
            if (decided.Second > last) continue;
            if (decided.Second < first) break;
            found.Add(Decided.Of(id.Value, decided, e.Revision));
            if (found.Count == limit) break;
        }

        return found;
    }

    private static async Task<DecisionTold> ExplainAsync(ServedLog served, Moments moments, int index, long revision, string? language, CancellationToken stop)
    {
        var words = LogWindow.LanguageOf(language);
        var decided = await FindAsync(served, index, revision, stop);
        var told = await moments.ExplainAsync(index, decided.Second, stop);
        return new(
            Decided.Of(served.Site.Models[index].Signals.Id.Value, decided, revision), ExplanationText.Of(told, words).TrimEnd('\n').Split('\n'),
            JsonSerializer.SerializeToElement(told, ExplanationJson.Options));
    }

    /// <exception cref="ApiException">There is no decision at that revision.</exception>
    private static async Task<PhaseDecided> FindAsync(ServedLog served, int index, long revision, CancellationToken stop)
    {
        if (revision >= 0)
        {
            await foreach (var e in served.Log.ReadAsync(StreamNames.Intersection(served.Site.Models[index].Signals.Id), revision, stop))
            {
                if (e.Revision == revision && e.Type == IntersectionEvent.PhaseDecided) return (PhaseDecided)EventTypes.Decode(e);
                break;
            }
        }

        throw ApiException.NotFound(FormattableString.Invariant($"No decision stands at revision {revision}."), "Take a revision from /decisions of the intersection.");
    }
}

/// <summary>A decision and why it was made.</summary>
/// <param name="Text">In words, a line each.</param>
/// <param name="Explanation">As facts: the form trafficai.explain.v1 of docs/json.md.</param>
internal sealed record DecisionTold(Decided Decision, string[] Text, JsonElement Explanation);
