using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Telemetry;

/// <summary>What the server measures of itself and of the street: instruments of the base library, read by Prometheus (<see cref="PrometheusText"/>) and by OpenTelemetry.</summary>
public sealed class ServerMeter : IDisposable
{
    public const string Name = "TrafficAI.Server";

    private readonly Meter meter = new(Name);
    private readonly LiveModel live;
    private readonly ConcurrentDictionary<(string Method, string Route, int Status), Counted> requests = new();
    private int viewers;

    public ServerMeter(LiveModel live)
    {
        this.live = live;
        PerIntersection("trafficai.frames", "Frames that came.", view => view.Frames);
        PerIntersection("trafficai.frames.missed", "Seconds without a frame.", view => view.Missed);
        PerIntersection("trafficai.decisions", "Recorded changes of the wanted phase, or of the rule of safety that binds.", view => view.Decisions);
        Gauge("trafficai.queue", "{vehicle}", "Standing vehicles, estimated.", view => view.Now?.Queue);
        Gauge("trafficai.delay", "s", "Standing time per vehicle that passed a stop line in the last five minutes.", view => view.Now?.Delay);
        Gauge("trafficai.connected", "", "1 while frames come, else 0.", view => view.Now is { Connected: true } ? 1 : 0);
        Gauge("trafficai.detectors.doubted", "{detector}", "Detectors that are not believed.", view => view.Doubted.Count);
        meter.CreateObservableCounter("trafficai.log.events", () => live.Ask(view => view.Events), "{event}", "Events read from the log.");
        meter.CreateObservableCounter("trafficai.log.unreadable", () => live.Ask(view => view.Unreadable), "{event}", "Events that could not be read.");
        meter.CreateObservableGauge("trafficai.log.age", () => Stopwatch.GetElapsedTime(live.TakenAt).TotalSeconds, "s", "Since the last event came.");
        meter.CreateObservableGauge("trafficai.street.second", () => live.Ask(view => view.Second ?? 0), "s", "The newest street second.");
        meter.CreateObservableGauge("trafficai.viewers", () => viewers, "{viewer}", "Open live streams.");
        meter.CreateObservableCounter("trafficai.http.requests", () => requests.Select(r => new Measurement<long>(r.Value.Number, Tags(r.Key))), "{request}", "Requests answered.");
        meter.CreateObservableCounter("trafficai.http.duration", () => requests.Select(r => new Measurement<double>(r.Value.Seconds, Tags(r.Key))), "s", "Time that answering took, summed; live streams are left out.");
        meter.CreateObservableCounter("trafficai.process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "Processor time.");
        meter.CreateObservableGauge("trafficai.process.memory", () => Environment.WorkingSet, "By", "Memory in use.");
    }

    /// <summary>The instruments of this server: there may be others in the process.</summary>
    public Meter Instruments => meter;

    /// <summary>Open live streams.</summary>
    public int Viewers => viewers;

    /// <summary>A viewer has come (1) or gone (−1).</summary>
    public void View(int change) => Interlocked.Add(ref viewers, change);

    /// <summary>A request has been answered.</summary>
    /// <param name="route">The pattern of its address; what names no pattern is counted together.</param>
    public void Answer(string method, string route, int status, TimeSpan took) =>
        requests.GetOrAdd((method, route, status), _ => new()).Add(took);

    public void Dispose() => meter.Dispose();

    private void PerIntersection(string name, string description, Func<IntersectionView, long> value) =>
        meter.CreateObservableCounter(name, () => live.Ask(view => view.Views.Select(one => new Measurement<long>(value(one), Tag(one))).ToArray()), description: description);

    private void Gauge(string name, string unit, string description, Func<IntersectionView, double?> value) => meter.CreateObservableGauge(
        name, () => live.Ask(view => view.Views.Where(one => value(one) is not null).Select(one => new Measurement<double>(value(one)!.Value, Tag(one))).ToArray()), unit, description);

    private static KeyValuePair<string, object?> Tag(IntersectionView view) => new("intersection", view.Model.Signals.Id.Value);

    private static KeyValuePair<string, object?>[] Tags((string Method, string Route, int Status) of) =>
        [new("method", of.Method), new("route", of.Route), new("status", of.Status)];

    private sealed class Counted
    {
        private long number;
        private long ticks;

        public long Number => Interlocked.Read(ref number);

        public double Seconds => TimeSpan.FromTicks(Interlocked.Read(ref ticks)).TotalSeconds;

        public void Add(TimeSpan took)
        {
            Interlocked.Increment(ref number);
            Interlocked.Add(ref ticks, took.Ticks);
        }
    }
}
