using System.Collections.Concurrent;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>One controller's connection: carries what its <see cref="ControllerEnd"/> says. Orders other than plans wait for the street's thread.</summary>
internal sealed class RoadsideLink(MqttControllersOptions options, IntersectionId intersection, RoadsideController own, ulong boot, Action<PhasePlan> heard)
    : IControllerGate, IDisposable
{
    private readonly Lock gate = new();
    private readonly ConcurrentQueue<Order> orders = new();
    private readonly Queue<PriorityAsk> asks = new(own.Asks);
    private ControllerEnd? end;
    private IMqttClient? client;
    private long received;
    private long refused;
    private long lost;

    public MqttCounts Counts => new(Interlocked.Read(ref received), Interlocked.Read(ref refused), Interlocked.Read(ref lost), 0, client?.Connections ?? 0);

    public bool IsUp => client?.IsUp == true;

    /// <summary>Begins to connect.</summary>
    public void Connect(VirtualController controller)
    {
        end = new(
            new()
            {
                City = options.Address.City, Key = own.Key, Configuration = own.Configuration, Boot = boot, Epochs = own.Epochs,
                WallClock = () => (DateTimeOffset.UtcNow + Ahead).ToUnixTimeMilliseconds(),
                ClockQuality = options.Clock is null ? Wire.ClockQuality.Free : Wire.ClockQuality.Synchronised,
            },
            controller);
        client = options.Client(new()
        {
            Address = own.Address ?? options.Address, Subscriptions = [($"tai/v1/{options.Address.City}/{EncodedId.Of(intersection.Value)}/down/#", 1)],
            Connected = Announce, Received = Receive, Will = (TopicOf(MessageKind.Presence), end.Will.Payload), Window = options.Window,
            FirstPause = options.FirstPause, Trouble = options.Trouble ?? (_ => { }),
        });
        client.Start();
    }

    public Task ReadyAsync(CancellationToken cancel) => Client.ReadyAsync(cancel);

    /// <summary>Sends what is to be said in a second; a frame that cannot be sent is kept for later.</summary>
    public async ValueTask PublishAsync(Frame frame, CancellationToken cancel)
    {
        IReadOnlyList<Said> all;
        lock (gate) all = End.Second(frame, Client.IsUp);
        if (all.Count == 0) Interlocked.Increment(ref lost);
        foreach (var said in all)
        {
            if (await Client.PublishAsync(TopicOf(said.Kind), said.Payload, said.Qos, said.Retain, cancel)) continue;
            Interlocked.Increment(ref lost);
            if (said.Kind == MessageKind.Frame) lock (gate) End.Keep(said);
        }
    }

    public bool Take(PhasePlan plan)
    {
        bool accepted;
        lock (gate) Send(End.Take(plan, out accepted));
        return accepted;
    }

    public void BeforeSecond()
    {
        while (orders.TryDequeue(out var order))
        {
            lock (gate) Send(End.Take(order));
            if (order.Message is Wire.PriorityAnswer answer) options.Answered?.Invoke(intersection, answer.Request, WordOf(answer));
        }

        while (asks.TryPeek(out var ask) && ask.Second <= End.Newest)
        {
            asks.Dequeue();
            Ask(ask.Vehicle);
        }
    }

    public uint Ask(VehicleAsk ask)
    {
        lock (gate)
        {
            Send(End.Ask(ask, out var number));
            return number;
        }
    }

    public void Cancel(uint request)
    {
        lock (gate)
        {
            if (End.Cancel(request) is { } cancelled) Send(cancelled);
        }
    }

    /// <summary>Says goodbye, and waits until the broker has it.</summary>
    public Task EndAsync(TimeSpan patience) =>
        client is null ? Task.CompletedTask : client.PublishLastAsync(TopicOf(MessageKind.Presence), End.Goodbye.Payload, patience);

    public void Dispose() => client?.Dispose();

    private TimeSpan Ahead => options.Clock is { } fault && end?.Newest >= fault.From ? fault.Ahead : TimeSpan.Zero;

    private ControllerEnd End => end ?? throw new InvalidOperationException("This controller has not been connected.");

    private IMqttClient Client => client ?? throw new InvalidOperationException("This controller has not been connected.");

    private static string WordOf(Wire.PriorityAnswer answer) => answer.Refusal == Wire.PriorityRefusal.Unspecified
        ? Sessions.WireWords.Of(answer.State)
        : $"{Sessions.WireWords.Of(answer.State)}, {Sessions.WireWords.Of(answer.Refusal)}";

    private void Announce(IMqttClient up)
    {
        lock (gate)
        {
            foreach (var said in End.Connected()) up.PublishNow(TopicOf(said.Kind), said.Payload, said.Qos, said.Retain);
        }
    }

    private void Send(Said said) => Client.PublishNow(TopicOf(said.Kind), said.Payload, said.Qos, said.Retain);

    private void Receive(string name, ReadOnlySpan<byte> payload, int qos, bool retained)
    {
        if (Topic.TryRead(name, out var topic) && topic.Intersection == intersection) Receive(topic.Kind, payload, retained);
        Interlocked.Increment(ref received);
    }

    private void Receive(MessageKind kind, ReadOnlySpan<byte> payload, bool retained)
    {
        Order? order;
        lock (gate)
        {
            if (End.Open(kind, payload, retained, out order) is { } refusal)
            {
                Interlocked.Increment(ref refused);
                Send(refusal);
            }
        }

        if (order?.Message is Wire.Plan plan) heard(PlanReader.Read(intersection, plan, (long)plan.BaseSequence));
        else if (order is not null) orders.Enqueue(order);
    }

    private string TopicOf(MessageKind kind) => new Topic(options.Address.City, intersection, kind).ToString();
}
