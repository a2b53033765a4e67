using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.Benchmarks.Field;

/// <summary>The least that a server could do: hears every frame and sends as many bytes back; with a log, after it has appended 200 bytes, which are
/// then on the disk, or committed as <c>serve</c> commits. Same client and same store as <c>serve</c>.</summary>
internal sealed class Echo : IAsyncDisposable
{
    private const int AppendedBytes = 200;
    private const int Window = 1024;

    private readonly ConcurrentDictionary<string, Line> lines = new(StringComparer.Ordinal);
    private readonly Percentiles times = new();
    private readonly IEventLog? log;
    private readonly bool commits;
    private readonly IMqttClient client;

    private Echo(MqttAddress address, IEventLog? log, bool commits)
    {
        (this.log, this.commits) = (log, commits);
        client = MosquittoLibrary.Client(new()
        {
            Address = address, Subscriptions = [(Topic.OfAll(address.City, MessageKind.Frame), 0)], Received = Receive, Window = Window,
        });
        client.Start();
    }

    /// <summary>Runs until SIGTERM, then prints how long the answers took.</summary>
    /// <param name="logUri">Null to append nothing.</param>
    /// <param name="durability">When an append is acknowledged; one that is only written is committed before the answer goes out.</param>
    public static async Task RunAsync(string address, string? logUri, Durability durability)
    {
        var stop = new TaskCompletionSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.TrySetResult();
        });
        await using var log = logUri is null ? null : EventLogUri.Open(logUri, EventLogMode.Create, durability);
        await using var echo = new Echo(MqttAddress.Parse(address), log, durability == Durability.OnWrite);
        await echo.client.ReadyAsync(CancellationToken.None);
        await Console.Error.WriteLineAsync("echo: listens");
        await stop.Task;
        Console.WriteLine(AnswerLine.Of(echo.times));
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Receive(string topic, ReadOnlySpan<byte> payload, int qos, bool retained)
    {
        var at = Stopwatch.GetTimestamp();
        var line = lines.GetOrAdd(topic, static name => new(name, string.Create(CultureInfo.InvariantCulture, $"{name[..^"up/frame".Length]}down/plan")));
        _ = AnswerAsync(line, payload.ToArray(), at);
    }

    private async Task AnswerAsync(Line line, byte[] payload, long at)
    {
        if (log is not null)
            line.Revision = await log.AppendAsync(line.Stream, line.Revision, new EventData(line.Ids.At(line.Revision + 1), "echo.v1", new byte[AppendedBytes]), CancellationToken.None);
        if (log is not null && commits) await log.FlushAsync();
        if (await client.PublishAsync(line.Answer, payload, 0, retain: false, CancellationToken.None)) times.Add(Stopwatch.GetElapsedTime(at));
    }

    /// <summary>One controller; it sends a frame a second, so no two are under way.</summary>
    private sealed class Line(string topic, string answer)
    {
        public string Stream { get; } = topic.Replace('/', '-');

        public StreamIds Ids { get; } = new(topic.Replace('/', '-'));

        public string Answer => answer;

        public long Revision { get; set; } = -1;
    }
}
