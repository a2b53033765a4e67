using System.Diagnostics;
using TrafficAI.Cli;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;

namespace TrafficAI.Benchmarks.Named;

/// <summary>Appends that are on the disk when they are acknowledged, to SQLite and to an EventStoreDB, each of one event of 200 bytes to a stream of its own.</summary>
internal static class StoreCost
{
    private const int Bytes = 200;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(4);

    public static async Task PrintAsync(string folder, string server, LogOpener open)
    {
        foreach (var appenders in (int[])[1, 8, 64])
        {
            await PrintAsync("SQLite", appenders, EventLogUri.Open(Path.Combine(folder, $"{appenders}.db"), EventLogMode.Create, Durability.OnFsync));
            var question = server.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? at : server.Length;
            var uri = $"{server[..question]}/bench-{Guid.NewGuid():N}{server[question..]}";
            await PrintAsync("EventStoreDB", appenders, await open(uri, EventLogMode.Create, CancellationToken.None));
        }
    }

    private static async Task PrintAsync(string name, int appenders, IEventLog log)
    {
        await using (log)
        {
            await RunAsync(log, "warm", appenders, TimeSpan.FromSeconds(1), new());
            var times = new Percentiles();
            var rate = await RunAsync(log, "inputs", appenders, Time, times);
            NamedPackagesCost.Say($"{name,-12} {appenders,2} appenders: {rate,6:0} events/s; half within {times.At(0.5).TotalMilliseconds:0.00} ms, 99 % within {times.At(0.99).TotalMilliseconds:0.00} ms");
        }
    }

    private static async Task<double> RunAsync(IEventLog log, string name, int appenders, TimeSpan time, Percentiles times)
    {
        using var stop = new CancellationTokenSource(time);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, appenders).Select(a => Task.Run(() => AppendAsync(log, $"{name}-{a}", times, stop.Token))));
        return times.Count / watch.Elapsed.TotalSeconds;
    }

    private static async Task AppendAsync(IEventLog log, string stream, Percentiles times, CancellationToken stop)
    {
        var ids = new StreamIds(stream);
        var payload = new byte[Bytes];
        for (var revision = -1L; !stop.IsCancellationRequested;)
        {
            var start = Stopwatch.GetTimestamp();
            revision = await log.AppendAsync(stream, revision, new EventData(ids.At(revision + 1), "frame.v1", payload), CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
    }
}
