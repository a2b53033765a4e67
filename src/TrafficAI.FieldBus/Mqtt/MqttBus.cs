using System.Collections.Immutable;
using TrafficAI.FieldBus.Sessions;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>The server's end of the field contract over an MQTT broker: hears frames, sends plans. <see cref="MqttControllers"/> is the other end.</summary>
public sealed class MqttBus : IFieldBus
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private readonly MqttBusOptions options;
    private readonly Channel<Frame> frames;
    private readonly Channel<PhasePlan> plans;
    private readonly ServerSessions sessions;
    private readonly AnswerTimes answers;
    private readonly IMqttClient client;
    private readonly ITimer beat;
    private long received;
    private long refused;
    private long lost;
    private long withheld;
    private volatile bool disposed;

    /// <summary>A bus that is not connected yet: see <see cref="ConnectAsync"/>.</summary>
    /// <exception cref="FieldBusException">A certificate or a key cannot be used.</exception>
    public MqttBus(MqttBusOptions options)
    {
        this.options = options;
        frames = new("frame", frame => frame.Intersection, OnError);
        plans = new("plan", plan => plan.Intersection, OnError);
        sessions = new(options, Deliver, Send);
        answers = new(options.Controllers.Keys);
        client = options.Client(new()
        {
            Address = options.Address, Subscriptions = Subscriptions(), Received = Receive, Window = options.Window, FirstPause = options.FirstPause,
            Trouble = options.Trouble ?? (_ => { }),
        });
        beat = options.Time.CreateTimer(_ => sessions.Pass(), null, Beat, Beat);
    }

    /// <inheritdoc/>
    public BusCounts Frames => frames.Counts;

    /// <inheritdoc/>
    public BusCounts Plans => plans.Counts;

    public MqttCounts Counts => new(
        Interlocked.Read(ref received), Interlocked.Read(ref refused), Interlocked.Read(ref lost), Interlocked.Read(ref withheld), client.Connections);

    /// <summary>From a frame that has come to the plan on it that went out.</summary>
    public Percentiles AnswerTimes => answers.Times;

    /// <inheritdoc/>
    public event Action<BusError>? Errors;

    /// <summary>A message from the street was not taken. Raised on the client's thread.</summary>
    public event Action<string, Refusal>? Refused;

    /// <summary>A controller has come (true) or gone. Raised on the client's thread.</summary>
    public event Action<IntersectionId, bool>? Presence
    {
        add => sessions.Presence += value;
        remove => sessions.Presence -= value;
    }

    /// <summary>Something in the session with a controller is worth recording. Raised on the client's thread.</summary>
    public event Action<IntersectionId, SessionNote>? Noted
    {
        add => sessions.Noted += value;
        remove => sessions.Noted -= value;
    }

    /// <summary>From now on nothing may be planned for a controller, for a reason; or it may again: null. Raised on the client's thread, ahead
    /// of the frame that brought it about.</summary>
    public event Action<IntersectionId, string?>? HoldChanged
    {
        add => sessions.HoldChanged += value;
        remove => sessions.HoldChanged -= value;
    }

    /// <summary>The frames of an outage have come, oldest first. Raised on the client's thread.</summary>
    public event Action<IntersectionId, ImmutableArray<Frame>>? BacklogCame
    {
        add => sessions.BacklogCame += value;
        remove => sessions.BacklogCame -= value;
    }

    /// <summary>A controller reports that a vehicle asks for priority, or no more. Raised on the client's thread.</summary>
    public event Action<IntersectionId, PriorityRequest>? PriorityAsked
    {
        add => sessions.PriorityAsked += value;
        remove => sessions.PriorityAsked -= value;
    }

    /// <summary>The broker has been reached (true) or lost. Raised on the client's thread.</summary>
    public event Action<bool>? LinkChanged
    {
        add => client.LinkChanged += value;
        remove => client.LinkChanged -= value;
    }

    /// <summary>A bus that is connected; a broker that does not answer is waited for.</summary>
    /// <exception cref="FieldBusException">A certificate or a key cannot be used, or the broker refuses us.</exception>
    public static async Task<MqttBus> OpenAsync(MqttBusOptions options, CancellationToken cancel)
    {
        var bus = new MqttBus(options);
        try
        {
            await bus.ConnectAsync(cancel);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects, and waits until the broker has taken the subscriptions. Whoever listens before it misses nothing. To be called once.</summary>
    /// <exception cref="FieldBusException">The broker and this end do not trust each other, or it refuses us.</exception>
    public Task ConnectAsync(CancellationToken cancel)
    {
        client.Start();
        return client.ReadyAsync(cancel);
    }

    /// <summary>Whether a controller says that it is there.</summary>
    public bool IsOnline(IntersectionId intersection) => sessions.IsOnline(intersection);

    /// <summary>A plan that was recovered, and may not have been sent, is the answer when the frame that it is on comes again.</summary>
    public void Recover(PhasePlan plan) => sessions.Recover(plan);

    /// <summary>Frames come from elsewhere.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default) =>
        throw new NotSupportedException("This is the server's end: frames come from controllers.");

    /// <inheritdoc/>
    public async ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        plans.CountPublished();
        if (sessions.Order(plan) is not var (topic, payload))
        {
            Interlocked.Increment(ref withheld);
            return;
        }

        await SendAsync(topic, payload, qos: 0, cancel);
        answers.Answered(plan.Intersection, plan.BasedOnSecond);
    }

    /// <inheritdoc/>
    public async ValueTask PublishAnswerAsync(IntersectionId intersection, PriorityAnswer answer, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (sessions.Order(intersection, answer) is var (topic, payload)) await SendAsync(topic, payload, qos: 1, cancel);
        else Interlocked.Increment(ref withheld);
    }

    /// <inheritdoc/>
    public async ValueTask PublishModeAsync(IntersectionId intersection, ModeOrder order, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (sessions.Order(intersection, order) is var (topic, payload)) await SendAsync(topic, payload, qos: 1, cancel);
        else Interlocked.Increment(ref withheld);
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
        beat.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool Deliver(Frame frame)
    {
        answers.Heard(frame.Intersection, frame.Second);
        return frames.Deliver(frame);
    }

    private void Send(Topic topic, byte[] payload)
    {
        if (!client.PublishNow(topic.ToString(), payload, 0, retain: false)) Interlocked.Increment(ref lost);
    }

    private async ValueTask SendAsync(Topic topic, byte[] payload, int qos, CancellationToken cancel)
    {
        if (!await client.PublishAsync(topic.ToString(), payload, qos, retain: false, cancel)) Interlocked.Increment(ref lost);
    }

    private List<(string, int)> Subscriptions()
    {
        var city = options.Address.City;
        // Both with QoS 0, so that a frame never overtakes the presence before it; a presence that is lost with a connection is retained.
        (MessageKind Kind, int Quality)[] heard =
        [
            (MessageKind.Presence, 0), (MessageKind.Frame, 0), (MessageKind.Reply, 0), (MessageKind.Alarm, 1), (MessageKind.Backlog, 1), (MessageKind.PriorityRequest, 1),
        ];
        return options.IsPart
            ? [.. options.Controllers.Keys.Order().SelectMany(id => heard.Select(h => (new Topic(city, id, h.Kind).ToString(), h.Quality)))]
            : [.. heard.Select(h => (Topic.OfAll(city, h.Kind), h.Quality))];
    }

    private void Receive(string name, ReadOnlySpan<byte> payload, int qos, bool retained)
    {
        var isKnown = Topic.TryRead(name, out var topic) && options.Controllers.ContainsKey(topic.Intersection);
        var refusal = isKnown ? sessions.Take(topic, payload) : new(Wire.Outcome.WrongIntersection, $"topic '{name}' is of no controller that is known here");
        Interlocked.Increment(ref received);
        if (refusal is null) return;
        Interlocked.Increment(ref refused);
        if (isKnown) sessions.Refuse(topic, refusal);
        try
        {
            Refused?.Invoke(name, refusal);
        }
        catch (Exception)
        {
            // Whoever listens for refusals must not stop the street; the refusal is counted already.
        }
    }

    private void OnError(BusError error) => Errors?.Invoke(error);
}
