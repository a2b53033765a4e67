using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Api;

namespace TrafficAI.Server.Reading;

/// <summary>Measures of spans of a log, computed from its events when somebody asks.</summary>
public sealed class MeasuredSpans(ServedLog served) : IDisposable
{
    /// <summary>A red, a queue or a track that has begun so long before a span counts in it; a fault, an outage or an override however long before.</summary>
    private const int BeforeSeconds = 900;

    private const long MostIntersectionSeconds = 4_000_000;
    private const int AtOnce = 2;

    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>The figures of [from, to).</summary>
    /// <param name="only">The intersection; null for all.</param>
    /// <exception cref="ApiException">The span is too long.</exception>
    public async Task<SiteMeasures> MeasureAsync(long from, long to, int binSeconds, IntersectionId? only, CancellationToken stop) =>
        (await ReadAsync(from, to, binSeconds, only is { } one ? [one] : null, stop)).Measure(from, to);

    /// <summary>The greens along the corridors.</summary>
    /// <exception cref="ApiException">The span is too long.</exception>
    public async Task<ImmutableArray<TimeSpace>> TimeSpaceAsync(long from, long to, IReadOnlyCollection<IntersectionId> stops, CancellationToken stop) =>
        (await ReadAsync(from, to, MeasureWindow.DefaultBinSeconds, stops, stop)).TimeSpace(from, to);

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
        await foreach (var e in served.Log.ReadAsync(StreamNames.Inputs(id), begin, stop))
        {
            if (FrameCodec.IsFrame(e.Type) && FrameCodec.SecondOf(e.Payload) > to) break;
            measures.Take(e);
        }
    }
}
