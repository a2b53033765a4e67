using System.Buffers;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;
using TrafficAI.FieldBus.Mqtt;
using IMqttClient = TrafficAI.FieldBus.Mqtt.IMqttClient;

namespace TrafficAI.MqttNet;

/// <summary>A connection by MQTTnet, which has no managed client of its own any more: connecting again, subscribing, order and back-pressure are here.</summary>
/// <remarks>One loop connects and sends; what is published waits for it in a queue.</remarks>
internal sealed class MqttNetClient : IMqttClient
{
    private static readonly TimeSpan ConfirmationBeat = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest wait for the last messages to go out.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly MqttEnd end;
    private readonly MqttLink link;
    private readonly SendWindow window;
    private readonly MqttClientOptions options;
    private readonly Channel<Outgoing> outgoing = Channel.CreateUnbounded<Outgoing>(new() { SingleReader = true });
    private readonly CancellationTokenSource stop = new();
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private bool isOpen;
    private int underWay;

    /// <exception cref="FieldBusException">A certificate or a key cannot be used.</exception>
    public MqttNetClient(MqttEnd end)
    {
        this.end = end;
        link = new(end);
        window = new(end.Window);
        options = ConnectOptions.Of(end);
    }

    /// <inheritdoc/>
    public event Action<bool>? LinkChanged
    {
        add => link.Changed += value;
        remove => link.Changed -= value;
    }

    /// <inheritdoc/>
    public bool IsUp => link.IsUp;

    /// <inheritdoc/>
    public long Connections => link.Connections;

    /// <inheritdoc/>
    public void Start() => running = Task.Run(RunAsync);

    /// <inheritdoc/>
    public Task ReadyAsync(CancellationToken cancel) => link.ReadyAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(string topic, byte[] payload, int qos, bool retain, CancellationToken cancel)
    {
        await window.EnterAsync(cancel);
        if (Enqueue(new(MessageOf(topic, payload, qos, retain), window), link.IsUp)) return true;
        window.Leave(1);
        return false;
    }

    /// <inheritdoc/>
    public bool PublishNow(string topic, byte[] payload, int qos, bool retain) => Enqueue(new(MessageOf(topic, payload, qos, retain), null), mayBe: true);

    /// <inheritdoc/>
    public async Task<bool> PublishLastAsync(string topic, byte[] payload, TimeSpan patience)
    {
        if (!PublishNow(topic, payload, 1, retain: true)) return false;
        for (var waited = TimeSpan.Zero; waited < patience && IsUp; waited += ConfirmationBeat)
        {
            if (HasGoneOut) return true;
            await Task.Delay(ConfirmationBeat);
        }

        return false;
    }

    public void Dispose()
    {
        if (stop.IsCancellationRequested) return;
        SpinWait.SpinUntil(() => !IsUp || HasGoneOut, LastPatience);
        stop.Cancel();
        running.Wait();
        window.Dispose();
        stop.Dispose();
    }

    private bool HasGoneOut => Volatile.Read(ref underWay) == 0;

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            var (refusal, error) = await ConnectAndSendAsync();
            Close();
            if (stop.IsCancellationRequested) break;
            link.Explain(refusal, error);
            await Task.Delay(link.NextPause(), stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <returns>Why it has ended: what the broker said when it refused us, if it did, and what the library says.</returns>
    private async Task<(string? Refusal, string Error)> ConnectAndSendAsync()
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var broken = new CancellationTokenSource();
        client.DisconnectedAsync += _ => broken.CancelAsync();
        client.ApplicationMessageReceivedAsync += Receive;
        try
        {
            var result = await client.ConnectAsync(options, stop.Token);
            if (result.ResultCode != MqttClientConnectResultCode.Success) return (Reasons.Of(result.ResultCode), "");
            if (end.Subscriptions.Count > 0) await client.SubscribeAsync(ConnectOptions.Subscriptions(end), stop.Token);
            lock (gate) isOpen = true;
            link.Up(this);
            await SendAsync(client, broken.Token);
            return (null, "");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await client.TryDisconnectAsync();
            return (null, "");
        }
        catch (Exception e)
        {
            return (null, broken.IsCancellationRequested && IsUp ? "the broker has closed the connection" : Reasons.Of(e));
        }
    }

    private async Task SendAsync(MQTTnet.IMqttClient client, CancellationToken broken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, broken);
        await foreach (var next in outgoing.Reader.ReadAllAsync(ended.Token))
        {
            // With QoS 0 it ends when the message has been written; with QoS 1 when the broker has confirmed it, which nobody waits for here.
            var sending = SendAsync(client, next, broken);
            if (next.Message.QualityOfServiceLevel == MqttQualityOfServiceLevel.AtMostOnce) await sending;
        }
    }

    private async Task SendAsync(MQTTnet.IMqttClient client, Outgoing next, CancellationToken broken)
    {
        try
        {
            await client.PublishAsync(next.Message, broken);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // It is lost with the connection, whose end the client tells.
        }
        finally
        {
            Leave(next);
        }
    }

    private bool Enqueue(Outgoing next, bool mayBe)
    {
        // The lock keeps a message from coming in behind a connection that has just been closed.
        lock (gate)
        {
            if (!isOpen || !mayBe) return false;
            Interlocked.Increment(ref underWay);
            return outgoing.Writer.TryWrite(next);
        }
    }

    private void Close()
    {
        bool wasUp;
        lock (gate)
        {
            wasUp = link.Down();
            isOpen = false;
        }

        while (outgoing.Reader.TryRead(out var lost)) Leave(lost);
        if (wasUp && !stop.IsCancellationRequested) link.TellBroken();
    }

    private void Leave(Outgoing gone)
    {
        Interlocked.Decrement(ref underWay);
        gone.Window?.Leave(1);
    }

    private Task Receive(MqttApplicationMessageReceivedEventArgs arrived)
    {
        var message = arrived.ApplicationMessage;
        var payload = message.Payload.IsSingleSegment ? message.Payload.FirstSpan : message.Payload.ToArray();
        end.Received(message.Topic, payload, (int)message.QualityOfServiceLevel, message.Retain);
        return Task.CompletedTask;
    }

    private static MqttApplicationMessage MessageOf(string topic, byte[] payload, int qos, bool retain) => new()
    {
        Topic = topic, Payload = new(payload), QualityOfServiceLevel = (MqttQualityOfServiceLevel)qos, Retain = retain,
    };

    /// <param name="Window">To be left when it has gone out; null for a message that went past it.</param>
    private sealed record Outgoing(MqttApplicationMessage Message, SendWindow? Window);
}
