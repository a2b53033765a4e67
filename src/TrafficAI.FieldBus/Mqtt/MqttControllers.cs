using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>The controllers' end of the field contract over an MQTT broker: a connection with a last will of its own for each. Frames go up, plans
/// come down; every order is answered.</summary>
public sealed class MqttControllers : IFieldBus
{
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(3);

    private readonly MqttControllersOptions options;
    private readonly Channel<Frame> frames;
    private readonly Channel<PhasePlan> plans;
    private readonly FrozenDictionary<IntersectionId, RoadsideLink> links;
    private volatile bool disposed;

    private MqttControllers(MqttControllersOptions options)
    {
        this.options = options;
        frames = new("frame", frame => frame.Intersection, OnError);
        plans = new("plan", plan => plan.Intersection, OnError);
        links = options.Controllers.ToFrozenDictionary(c => c.Key, c => new RoadsideLink(options, c.Key, c.Value, Boot, plan => plans.Deliver(plan)));
    }

    /// <summary>Of all its controllers; another one every time.</summary>
    public ulong Boot { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)) | 1;

    /// <inheritdoc/>
    public BusCounts Frames => frames.Counts;

    /// <inheritdoc/>
    public BusCounts Plans => plans.Counts;

    public MqttCounts Counts => links.Values.Aggregate(default(MqttCounts), (sum, link) => sum + link.Counts);

    /// <inheritdoc/>
    public event Action<BusError>? Errors;

    /// <summary>Prepares a connection for each controller; each comes about when its <see cref="Gate"/> is made.</summary>
    public static MqttControllers Open(MqttControllersOptions options) => new(options);

    /// <summary>Connects a controller, which has just started, and stands before it from now on.</summary>
    /// <exception cref="FieldBusException">The address, a certificate or a key cannot be used.</exception>
    public IControllerGate Gate(VirtualController controller)
    {
        var link = links[controller.Signals.Id];
        link.Connect(controller);
        return link;
    }

    /// <summary>Whether a controller reaches the broker, as far as it knows.</summary>
    public bool IsUp(IntersectionId intersection) => links[intersection].IsUp;

    /// <summary>What became of the messages of one controller.</summary>
    public MqttCounts CountsOf(IntersectionId intersection) => links[intersection].Counts;

    /// <summary>Waits until the broker has taken the subscriptions of all.</summary>
    public Task ReadyAsync(CancellationToken cancel) => Task.WhenAll(links.Values.Select(link => link.ReadyAsync(cancel)));

    /// <inheritdoc/>
    public ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        frames.CountPublished();
        return links[frame.Intersection].PublishAsync(frame, cancel);
    }

    /// <summary>Plans come from elsewhere.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default) =>
        throw new NotSupportedException("This is the controllers' end: plans come from a server.");

    /// <summary>Answers come from elsewhere.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask PublishAnswerAsync(IntersectionId intersection, PriorityAnswer answer, CancellationToken cancel = default) =>
        throw new NotSupportedException("This is the controllers' end: answers come from a server.");

    /// <summary>Orders come from elsewhere.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public ValueTask PublishModeAsync(IntersectionId intersection, ModeOrder order, CancellationToken cancel = default) =>
        throw new NotSupportedException("This is the controllers' end: orders come from a server.");

    /// <inheritdoc/>
    public IDisposable SubscribeFrames(Action<Frame> handler, IntersectionId? intersection = null) => Subscribe(frames, handler, intersection);

    /// <inheritdoc/>
    public IDisposable SubscribePlans(Action<PhasePlan> handler, IntersectionId? intersection = null) => Subscribe(plans, handler, intersection);

    /// <summary>Says that every controller ends on purpose, waits until the broker has it, and disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        disposed = true;
        await Task.WhenAll(links.Values.Select(link => link.EndAsync(Parting)));
        foreach (var link in links.Values) link.Dispose();
    }

    private IDisposable Subscribe<T>(Channel<T> channel, Action<T> handler, IntersectionId? intersection)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return channel.Subscribe(handler, intersection);
    }

    private void OnError(BusError error) => Errors?.Invoke(error);
}

/// <summary>Which controllers a process speaks for, and how.</summary>
public sealed record MqttControllersOptions
{
    public required MqttAddress Address { get; init; }

    public required ImmutableDictionary<IntersectionId, RoadsideController> Controllers { get; init; }

    /// <summary>Makes each connection; libmosquitto's where nothing else is said.</summary>
    public MqttConnector Client { get; init; } = MosquittoLibrary.Client;

    /// <summary>Messages of one controller that may be on their way to the broker; whoever sends one more waits.</summary>
    public int Window { get; init; } = 64;

    /// <summary>Before the second try to connect; then twice as long, up to 30 s.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong with their wall clocks, which then call themselves synchronised; null for right ones that run freely.</summary>
    public ClockFault? Clock { get; init; }

    /// <summary>Told what a server has answered to a priority request, with its number; on the street's thread.</summary>
    public Action<IntersectionId, uint, string>? Answered { get; init; }

    /// <summary>Told in one line why a controller has no connection; once for each cause in a row, on the thread of that connection.</summary>
    public Action<string>? Trouble { get; init; }
}

/// <summary>What one controller has of its own.</summary>
/// <param name="Key">32 bytes. Never logged.</param>
public sealed record RoadsideController(ReadOnlyMemory<byte> Key, Wire.Configuration Configuration, IEpochStore Epochs)
{
    /// <summary>The bus with a certificate of its own; null for that of all.</summary>
    public MqttAddress? Address { get; init; }

    /// <summary>Vehicles that will ask for priority, by their second.</summary>
    public ImmutableArray<PriorityAsk> Asks { get; init; } = [];
}

/// <summary>A wall clock that is wrong, and that nobody sets.</summary>
/// <param name="Ahead">Of the right time; negative when it is behind.</param>
/// <param name="From">Street second of the newest frame from which on.</param>
public sealed record ClockFault(TimeSpan Ahead, long From);

/// <summary>A vehicle asks for priority.</summary>
/// <param name="Second">Street second of the newest frame then.</param>
/// <param name="Vehicle">Whether there is a group of that number is the server's to say.</param>
public readonly record struct PriorityAsk(long Second, VehicleAsk Vehicle);
