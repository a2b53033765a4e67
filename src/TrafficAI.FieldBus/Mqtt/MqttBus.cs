using System.Collections.Frozen;
using System.Security.Cryptography;
using Google.Protobuf;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>A field bus over an MQTT broker, as the field contract says: for a server, for the controllers of a simulated street, or for both.</summary>
public sealed class MqttBus : IFieldBus
{
    private readonly MqttBusOptions options;
    private readonly Channel<Frame> frames;
    private readonly Channel<PhasePlan> plans;
    private readonly FrozenDictionary<IntersectionId, ControllerSession> sessions;
    private readonly MqttClient client;
    private long received;
    private long refused;
    private long lost;
    private long withheld;
    private volatile bool disposed;

    private MqttBus(MqttBusOptions options)
    {
        this.options = options;
        frames = new("frame", frame => frame.Intersection, OnError);
        plans = new("plan", plan => plan.Intersection, OnError);
        sessions = options.Controllers.ToFrozenDictionary(c => c.Key, c => new ControllerSession(c.Value));
        client = new(options.Address, Subscriptions(), Announce, Receive, Will(), options.Window, options.FirstPause);
    }

    /// <summary>Of the controllers that this bus speaks for; another one for every bus.</summary>
    public ulong Boot { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <inheritdoc/>
    public BusCounts Frames => frames.Counts;

    /// <inheritdoc/>
    public BusCounts Plans => plans.Counts;

    public MqttCounts Counts => new(
        Interlocked.Read(ref received), Interlocked.Read(ref refused), Interlocked.Read(ref lost), Interlocked.Read(ref withheld), client.Connections);

    /// <inheritdoc/>
    public event Action<BusError>? Errors;

    /// <summary>A message from the street was not taken. Raised on the client's thread.</summary>
    public event Action<string, Refusal>? Refused;

    /// <summary>A controller has come (true) or gone. Raised on the client's thread.</summary>
    public event Action<IntersectionId, bool>? Presence;

    /// <summary>Connects, and waits until the broker has taken the subscriptions.</summary>
    /// <exception cref="FieldBusException">The address, a certificate or a key cannot be used.</exception>
    public static async Task<MqttBus> OpenAsync(MqttBusOptions options, CancellationToken cancel)
    {
        var bus = new MqttBus(options);
        try
        {
            await bus.client.ReadyAsync(cancel);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a controller says that it is there.</summary>
    public bool IsOnline(IntersectionId intersection) => sessions.TryGetValue(intersection, out var session) && session.IsOnline;

    /// <inheritdoc/>
    public ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        frames.CountPublished();
        return SendAsync(new(options.Address.City, frame.Intersection, MessageKind.Frame), FrameWriter.Write(frame, Boot).ToByteArray(), cancel);
    }

    /// <inheritdoc/>
    public ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        plans.CountPublished();
        if (!sessions.TryGetValue(plan.Intersection, out var session) || session.Order(plan) is not { } order)
        {
            Interlocked.Increment(ref withheld);
            return ValueTask.CompletedTask;
        }

        var topic = new Topic(options.Address.City, plan.Intersection, MessageKind.Plan);
        return SendAsync(topic, Seal.Close(options.Controllers[plan.Intersection].Key.Span, topic, order.ToByteArray()), cancel);
    }

    /// <inheritdoc/>
    public IDisposable SubscribeFrames(Action<Frame> handler, IntersectionId? intersection = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return frames.Subscribe(handler, intersection);
    }

    /// <inheritdoc/>
    public IDisposable SubscribePlans(Action<PhasePlan> handler, IntersectionId? intersection = null)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return plans.Subscribe(handler, intersection);
    }

    public ValueTask DisposeAsync()
    {
        if (disposed) return ValueTask.CompletedTask;
        disposed = true;
        if (options.SpeaksForControllers) Say(client, Wire.Presence.Types.State.Shutdown);
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendAsync(Topic topic, byte[] payload, CancellationToken cancel)
    {
        if (!await client.PublishAsync(topic.ToString(), payload, 0, retain: false, cancel)) Interlocked.Increment(ref lost);
    }

    private List<(string, int)> Subscriptions()
    {
        var city = options.Address.City;
        var topics = new List<(string, int)>();
        // Both with QoS 0, so that a frame never overtakes the presence before it; a presence that is lost with a connection is retained.
        if (options.Serves) topics.AddRange([(Topic.OfAll(city, MessageKind.Presence), 0), (Topic.OfAll(city, MessageKind.Frame), 0)]);
        if (options.SpeaksForControllers) topics.AddRange(options.Controllers.Keys.Order().Select(id => (new Topic(city, id, MessageKind.Plan).ToString(), 0)));
        return topics;
    }

    private (string, byte[])? Will() => options is { SpeaksForControllers: true, Controllers.Count: 1 }
        ? (PresenceTopic(options.Controllers.Keys.Single()), Present(options.Controllers.Values.Single(), Wire.Presence.Types.State.Offline))
        : null;

    private void Announce(MqttClient up)
    {
        if (options.SpeaksForControllers) Say(up, Wire.Presence.Types.State.Online);
    }

    private void Say(MqttClient to, Wire.Presence.Types.State state)
    {
        foreach (var (id, credentials) in options.Controllers.OrderBy(c => c.Key)) to.PublishNow(PresenceTopic(id), Present(credentials, state), 1, retain: true);
    }

    private string PresenceTopic(IntersectionId id) => new Topic(options.Address.City, id, MessageKind.Presence).ToString();

    private byte[] Present(Credentials credentials, Wire.Presence.Types.State state) => new Wire.Presence
    {
        State = state, Boot = Boot, Firmware = "trafficai virtual controller", Configuration = credentials.Configuration,
    }.ToByteArray();

    private void Receive(string name, ReadOnlySpan<byte> payload, int qos, bool retained)
    {
        var refusal = Take(name, payload, retained);
        Interlocked.Increment(ref received);
        if (refusal is null) return;
        Interlocked.Increment(ref refused);
        try
        {
            Refused?.Invoke(name, refusal);
        }
        catch (Exception)
        {
            // Whoever listens for refusals must not stop the street; the refusal is counted already.
        }
    }

    private Refusal? Take(string name, ReadOnlySpan<byte> payload, bool retained)
    {
        if (!Topic.TryRead(name, out var topic) || !options.Controllers.TryGetValue(topic.Intersection, out var credentials))
            return new(Wire.Outcome.WrongIntersection, $"topic '{name}' is of no controller that is known here");
        return topic.Kind switch
        {
            MessageKind.Presence => TakePresence(topic.Intersection, payload),
            MessageKind.Frame => TakeFrame(topic.Intersection, payload),
            MessageKind.Plan when !retained => TakePlan(topic, credentials, payload),
            _ => new(Wire.Outcome.NotSupported, $"topic '{name}' brings nothing that is heard here"),
        };
    }

    private Refusal? TakePresence(IntersectionId id, ReadOnlySpan<byte> payload)
    {
        if (!WireReader.TryRead(MessageKind.Presence, payload, out var message, out var refusal)) return refusal;
        var session = sessions[id];
        var before = session.IsOnline;
        session.Hear((Wire.Presence)message);
        if (session.IsOnline != before) Presence?.Invoke(id, session.IsOnline);
        return null;
    }

    private Refusal? TakeFrame(IntersectionId id, ReadOnlySpan<byte> payload)
    {
        if (!WireReader.TryRead(MessageKind.Frame, payload, out var read, out var refusal)) return refusal;
        var message = (Wire.Frame)read;
        var session = sessions[id];
        if (session.HasDelivered(message)) return null;
        if (!session.TryHear(message, out var second, out refusal)) return refusal;
        if (frames.Deliver(FrameReader.Read(id, message, second))) session.Delivered(message);
        return null;
    }

    private Refusal? TakePlan(Topic topic, Credentials credentials, ReadOnlySpan<byte> payload)
    {
        if (Seal.Open(credentials.Key.Span, topic, payload, out var refusal) is not { } body) return refusal;
        if (!WireReader.TryRead(MessageKind.Plan, body.Span, out var read, out refusal)) return refusal;
        var message = (Wire.Plan)read;
        if (message.Head.Boot != Boot) return new(Wire.Outcome.OtherBoot, $"plan for '{topic.Intersection}': it builds on another boot");
        if (message.Head.Configuration != credentials.Configuration)
            return new(Wire.Outcome.OtherConfiguration, $"plan for '{topic.Intersection}': it was decided with another configuration");
        plans.Deliver(PlanReader.Read(topic.Intersection, message, (long)message.BaseSequence));
        return null;
    }

    private void OnError(BusError error) => Errors?.Invoke(error);
}
