using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Network;
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
    public async Task<SiteMeasures> MeasureAsync(long from, long to, int binSeconds, IntersectionId? only, CancellationToken stop) =>
        (await ReadAsync(from, to, binSeconds, only is { } one ? [one] : null, stop)).Measure(from, to);

    /// <summary>The greens along a corridor in [from, to), and the ways of vehicles.</summary>
    /// <exception cref="ApiException">The span is too long.</exception>
    public async Task<CorridorSpan> CorridorAsync(CorridorPart corridor, long from, long to, CancellationToken stop)
    {
        var ways = CorridorWay.Of(served.Site, corridor);
        IntersectionId[] stops = [.. ways.SelectMany(way => way.Stops).Select(at => at.Intersection).Distinct()];
        var greens = (await ReadAsync(from, to, MeasureWindow.DefaultBinSeconds, stops, stop)).TimeSpace(from, to);
        var (tracks, trackedFrom) = (new CorridorTracks(served.Site, ways), Math.Max(from, to - LongestTrackedSeconds));
        foreach (var id in stops) await TrackAsync(tracks, id, trackedFrom, to, stop);
        var seen = tracks.Tracks;
        return new([.. greens.Where(way => way.Corridor == corridor.Id)], seen, seen.IsEmpty ? null : trackedFrom);
    }

    public void Dispose() => turns.Dispose();

    private async Task<LogMeasures> ReadAsync(long from, long to, int binSeconds, IReadOnlyCollection<IntersectionId>? only, CancellationToken stop)
    {
        if ((to - from) * (only?.Count ?? served.Site.Models.Length) > MostIntersectionSeconds)
            throw ApiException.BadInput("The span is too long for a site of this size.", "Name an intersection, or a shorter span; 'trafficai kpi LOG' computes all of it.");
        await turns.WaitAsync(stop);
        try
        {
            var measures = new LogMeasures(served.Site, new(from, to, binSeconds), only);
            foreach (var meter in measures.Meters) await ReadAsync(measures, meter.Layout.Id, from - BeforeSeconds, to + StreetPlaces.Slack, stop);
            return measures;
        }
        finally
        {
            turns.Release();
        }
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

    private async Task TrackAsync(CorridorTracks tracks, IntersectionId id, long from, long to, CancellationToken stop)
    {
        await foreach (var e in served.Log.ReadAsync(StreamNames.Inputs(id), await StreetPlaces.InputAsync(served.Log, id, from, stop), stop))
        {
            if (!FrameCodec.IsFrame(e.Type)) continue;
            var second = FrameCodec.SecondOf(e.Payload);
            if (second >= to) break;
            if (second >= from && InputCodec.Decode(id, e.Type, e.Payload) is IntersectionInput.FrameCame came) tracks.Take(came.Frame);
        }
    }
}

/// <summary>What a log knows of a corridor in a span.</summary>
/// <param name="Ways">The directions that can be driven.</param>
/// <param name="TrackedFrom">The first second of the tracks; null where there are none.</param>
public sealed record CorridorSpan(ImmutableArray<TimeSpace> Ways, ImmutableArray<CorridorTrack> Tracks, long? TrackedFrom);
