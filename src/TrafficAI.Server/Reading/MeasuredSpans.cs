using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Api;
using TrafficAI.Signals;

namespace TrafficAI.Server.Reading;

/// <summary>Measures of spans of a log, computed from its events when somebody asks.</summary>
/// <param name="past">What stood at each place of the log.</param>
public sealed class MeasuredSpans(ServedLog served, StandingPast past) : IDisposable
{
    /// <summary>A red, a queue or a track that has begun so long before a span counts in it; a fault, an outage, an override or planning that is held however long before.</summary>
    private const int BeforeSeconds = 900;

    private const long MostIntersectionSeconds = 4_000_000;
    private const int AtOnce = 2;

    /// <summary>Of a longer span only the end has the ways of vehicles: a vehicle is a thin line.</summary>
    private const int LongestTrackedSeconds = 1_800;

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>The figures of [from, to).</summary>
    /// <param name="only">The intersection; null for all.</param>
    /// <exception cref="ApiException">The span is too long.</exception>
    public async Task<SiteMeasures> MeasureAsync(long from, long to, int binSeconds, IntersectionId? only, CancellationToken stop)
    {
        CheckLength(from, to, only is null ? served.Site.Models.Length : 1);
        return (await InTurnAsync(() => ReadAsync(from, to, binSeconds, only is { } one ? [one] : null, stop), stop)).Measure(from, to);
    }

    /// <summary>The greens along a corridor in [from, to), and the ways of vehicles.</summary>
    /// <exception cref="ApiException">The span is too long.</exception>
    public async Task<CorridorSpan> CorridorAsync(CorridorPart corridor, long from, long to, CancellationToken stop)
    {
        var ways = CorridorWay.Of(served.Site, corridor);
        IntersectionId[] stops = [.. ways.SelectMany(way => way.Stops).Select(at => at.Intersection).Distinct()];
        CheckLength(from, to, stops.Length);
        return await InTurnAsync(SpanAsync, stop);

        async Task<CorridorSpan> SpanAsync()
        {
            var greens = (await ReadAsync(from, to, MeasureWindow.DefaultBinSeconds, stops, stop)).TimeSpace(from, to);
            var (tracks, trackedFrom) = (new CorridorTracks(served.Site, ways), Math.Max(from, to - LongestTrackedSeconds));
            foreach (var id in stops) await TrackAsync(tracks, id, trackedFrom, to, stop);
            var seen = tracks.Tracks;
            return new([.. greens.Where(way => way.Corridor == corridor.Id)], seen, seen.IsEmpty ? null : trackedFrom);
        }
    }

    public void Dispose() => turns.Dispose();

    private static void CheckLength(long from, long to, int intersections)
    {
        if ((to - from) * intersections > MostIntersectionSeconds)
            throw ApiException.BadInput("The span is too long for a site of this size.", "Name an intersection, or a shorter span; 'trafficai kpi LOG' computes all of it.");
    }

    /// <summary>All the reading and decoding of one question, while few others are answered.</summary>
    private async Task<T> InTurnAsync<T>(Func<Task<T>> answer, CancellationToken stop)
    {
        await turns.WaitAsync(stop);
        try
        {
            return await answer();
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<LogMeasures> ReadAsync(long from, long to, int binSeconds, IReadOnlyCollection<IntersectionId>? only, CancellationToken stop)
    {
        var measures = new LogMeasures(served.Site, new(from, to, binSeconds), only);
        foreach (var meter in measures.Meters) await ReadAsync(measures, meter.Layout.Id, from - BeforeSeconds, to + StreetPlaces.Slack, stop);
        return measures;
    }

    /// <summary>Events of an intersection are few: they are read from the first. Frames are many.</summary>
    private async Task ReadAsync(LogMeasures measures, IntersectionId id, long from, long to, CancellationToken stop)
    {
        await foreach (var e in served.Log.ReadAsync(StreamNames.Intersection(id), 0, stop)) measures.Take(e);
        var begin = await StreetPlaces.InputAsync(served.Log, id, from, stop);
        var isFirst = true;
        await foreach (var e in served.Log.ReadAsync(StreamNames.Inputs(id), begin, stop))
        {
            if (FrameCodec.IsFrame(e.Type) && FrameCodec.SecondOf(e.Payload) > to) break;
            if (isFirst && past.Before(served.IndexOf(id.Value), e.Position).FirstOrDefault(one => one.Type == InputCodec.HeldType) is { } held) measures.Take(held);
            isFirst = false;
            measures.Take(e);
        }
    }

    /// <summary>Frames count as <see cref="IntersectionView"/> counts them: neither those that a newer one has overtaken, nor damaged ones.</summary>
    private async Task TrackAsync(CorridorTracks tracks, IntersectionId id, long from, long to, CancellationToken stop)
    {
        var model = served.Site.Models[served.IndexOf(id.Value)];
        var last = from - 1;
        await foreach (var e in served.Log.ReadAsync(StreamNames.Inputs(id), await StreetPlaces.InputAsync(served.Log, id, from, stop), stop))
        {
            if (!FrameCodec.IsFrame(e.Type)) continue;
            var second = FrameCodec.SecondOf(e.Payload);
            if (second >= to) break;
            if (second <= last || InputCodec.Decode(id, e.Type, e.Payload) is not IntersectionInput.FrameCame { Frame: var frame } || FrameCheck.Complaint(model, frame) is not null) continue;
            tracks.Take(frame);
            last = second;
        }
    }
}

/// <summary>What a log knows of a corridor in a span.</summary>
/// <param name="Ways">The directions that can be driven.</param>
/// <param name="TrackedFrom">The first second of the tracks; null where there are none.</param>
public sealed record CorridorSpan(ImmutableArray<TimeSpace> Ways, ImmutableArray<CorridorTrack> Tracks, long? TrackedFrom);
