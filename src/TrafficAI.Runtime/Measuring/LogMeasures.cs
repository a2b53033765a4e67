using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Network;

namespace TrafficAI.Runtime.Measuring;

/// <summary>Measures the site of a log from its events: of a finished log all at once, or of one that grows, event by event. Both give the same figures to the bit.</summary>
/// <remarks>One caller at a time may feed it; asking and feeding exclude one another.</remarks>
public sealed class LogMeasures
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (IntersectionMeter Meter, bool IsInput)> streams = new(StringComparer.Ordinal);
    private readonly ImmutableArray<IntersectionMeter> meters;
    private readonly CorridorTimes corridors;

    /// <param name="only">The intersections that are measured; null for all.</param>
    public LogMeasures(Site site, MeasureWindow window, IReadOnlyCollection<IntersectionId>? only = null)
    {
        Site = site;
        meters =
        [
            .. site.Network.Intersections.Where(i => only is null || only.Contains(i.Id)).Select(i => new IntersectionMeter(
                LayoutBuilder.Build(site.Network, i, site.Signals[i.Index], site.File.Of(i.Id), site.File.Start), window)),
        ];
        foreach (var meter in meters)
        {
            streams.Add(StreamNames.Inputs(meter.Layout.Id), (meter, true));
            streams.Add(StreamNames.Intersection(meter.Layout.Id), (meter, false));
        }

        corridors = new(site);
    }

    public Site Site { get; }

    public ImmutableArray<IntersectionMeter> Meters => meters;

    /// <summary>Street second of the newest frame of any intersection: what lies before it is known. Null before the first frame.</summary>
    public long? End
    {
        get
        {
            lock (gate) return meters.Max(meter => meter.End);
        }
    }

    /// <summary>Takes an event of the log; those of other streams say nothing here.</summary>
    /// <exception cref="RecordException">It is damaged, or of a type unknown to this build.</exception>
    public void Take(RecordedEvent e)
    {
        if (!streams.TryGetValue(e.Stream, out var to)) return;
        lock (gate)
        {
            if (to.IsInput) FactReader.GiveInput(to.Meter.Layout.Id, e, to.Meter);
            else FactReader.GiveEvent(e, to.Meter);
        }
    }

    /// <summary>Takes all that the log holds now, stream by stream.</summary>
    public async Task ReadAsync(IEventLog log, CancellationToken stop)
    {
        foreach (var meter in meters)
        {
            await foreach (var e in log.ReadAsync(StreamNames.Inputs(meter.Layout.Id), 0, stop)) Take(e);
            await foreach (var e in log.ReadAsync(StreamNames.Intersection(meter.Layout.Id), 0, stop)) Take(e);
        }
    }

    /// <summary>Takes what the log holds, then whatever is committed, until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled: the only good end.</exception>
    public async Task FollowAsync(IEventLog log, CancellationToken stop)
    {
        await foreach (var e in log.SubscribeAllAsync(0, stop)) Take(e);
    }

    /// <summary>The figures of [from, to).</summary>
    /// <param name="from">First street second: of a bin, or of the window.</param>
    /// <param name="to">The street second after the last: likewise, or any from <see cref="End"/> on.</param>
    /// <exception cref="ArgumentException">The seconds cut a bin, or nothing is measured.</exception>
    public SiteMeasures Measure(long from, long to)
    {
        lock (gate) return SiteReport.Of(meters, from, to, corridors.Of);
    }

    /// <summary>Purdue's coordination diagram of a stop lane.</summary>
    /// <param name="intersection">One that is measured.</param>
    /// <param name="lane">Index of the stop lane.</param>
    public CoordinationDiagram Diagram(IntersectionId intersection, int lane, long from, long to)
    {
        lock (gate) return meters.First(m => m.Layout.Id == intersection).Diagram.Of(lane, from, to);
    }

    /// <summary>The greens along the corridors of <c>signals.json</c>: what a time-space diagram is drawn of.</summary>
    public ImmutableArray<TimeSpace> TimeSpace(long from, long to)
    {
        lock (gate) return corridors.TimeSpace(meters, from, to);
    }

    /// <summary>Forgets what lies wholly before a second, so that a server may run for ever.</summary>
    public void Forget(long before)
    {
        lock (gate)
        {
            foreach (var meter in meters) meter.Forget(before);
        }
    }
}
