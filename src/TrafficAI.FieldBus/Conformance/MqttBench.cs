using System.Collections.Immutable;
using System.Diagnostics;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>A controller behind a real broker.</summary>
public sealed class MqttBench : IControllerBench
{
    private static readonly TimeSpan Standing = TimeSpan.FromSeconds(2);

    private readonly MqttAddress address;
    private readonly ConformanceSettings settings;
    private readonly Relay? relay;
    private readonly ImmutableDictionary<Hand, string> commands;
    private readonly System.Threading.Channels.Channel<Heard> heard = System.Threading.Channels.Channel.CreateUnbounded<Heard>();
    private readonly long opened = Stopwatch.GetTimestamp();
    private readonly MqttConnector make;
    private readonly IMqttClient client;

    private MqttBench(MqttAddress address, MqttConnector make, ConformanceSettings settings, Relay? relay, ImmutableDictionary<Hand, string> commands)
    {
        (this.address, this.make, this.settings, this.relay, this.commands) = (address, make, settings, relay, commands);
        client = Open((name, payload, qos, retained) =>
        {
            // What stood at the broker when the kit came is asked for apart.
            if (!retained) heard.Writer.TryWrite(Message(name, payload, qos, retained));
        });
    }

    public TimeSpan Now => Stopwatch.GetElapsedTime(opened);

    /// <param name="make">Makes its connections.</param>
    /// <param name="relay">Between the controller and the broker; null when its link cannot be cut. Dispose it afterwards.</param>
    /// <param name="commands">What to run, by a shell, for a hand; each ends when it is done.</param>
    /// <exception cref="FieldBusException">The address, a certificate or a key cannot be used.</exception>
    public static async Task<MqttBench> OpenAsync(
        MqttAddress address, MqttConnector make, ConformanceSettings settings, Relay? relay, ImmutableDictionary<Hand, string> commands, CancellationToken stop)
    {
        var bench = new MqttBench(address, make, settings, relay, commands);
        await bench.client.ReadyAsync(stop);
        return bench;
    }

    public async ValueTask PublishAsync(MessageKind kind, byte[] payload, bool retain, CancellationToken stop)
    {
        var topic = new Topic(settings.City, settings.Intersection, kind).ToString();
        if (!await client.PublishAsync(topic, payload, 1, retain, stop)) throw new FieldBusException($"the connection to {address} has broken. Start the test anew.");
    }

    public async ValueTask<Heard?> HearAsync(TimeSpan patience, CancellationToken stop)
    {
        if (heard.Reader.TryRead(out var first)) return first;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            return await heard.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask<IReadOnlyList<Heard>> RetainedAsync(CancellationToken stop)
    {
        var standing = new List<Heard>();
        using var second = Open((name, payload, qos, retained) =>
        {
            lock (standing)
                if (retained) standing.Add(Message(name, payload, qos, retained));
        });
        await second.ReadyAsync(stop);
        await Task.Delay(Standing, stop);
        lock (standing) return [.. standing];
    }

    public bool Has(Hand hand) => hand is Hand.Cut or Hand.Mend ? relay is not null : commands.ContainsKey(hand);

    public async ValueTask DoAsync(Hand hand, CancellationToken stop)
    {
        if (hand == Hand.Cut) relay!.Cut();
        else if (hand == Hand.Mend) relay!.Mend();
        else await RunAsync(commands[hand], stop);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task RunAsync(string command, CancellationToken stop)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]))!;
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0) throw new FieldBusException($"'{command}' ended with status {process.ExitCode}. Run it by hand to see why.");
    }

    private IMqttClient Open(MqttMessageHandler received)
    {
        var topic = $"tai/v1/{settings.City}/{EncodedId.Of(settings.Intersection.Value)}/up/#";
        var opened = make(new() { Address = address, Subscriptions = [(topic, 1)], Received = received });
        opened.Start();
        return opened;
    }

    private Heard Message(string name, ReadOnlySpan<byte> payload, int qos, bool retained) =>
        new(Topic.TryRead(name, out var topic) ? topic.Kind : null, payload.ToArray(), qos, retained, Now);
}
