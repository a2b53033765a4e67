using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>A field bus within the process: whoever publishes calls the handlers, and goes on when all have answered.</summary>
/// <remarks>Those that subscribed to the intersection come first, then those that subscribed to all, each in order of subscription.</remarks>
public sealed class InprocBus : IFieldBus
{
    private readonly Channel<Frame> frames;
    private readonly Channel<PhasePlan> plans;
    private readonly Channel<(IntersectionId Intersection, ModeOrder Order)> modes;
    private volatile bool disposed;

    public InprocBus()
    {
        frames = new("frame", frame => frame.Intersection, OnError);
        plans = new("plan", plan => plan.Intersection, OnError);
        modes = new("mode", mode => mode.Intersection, OnError);
    }

    /// <inheritdoc/>
    public event Action<BusError>? Errors;

    /// <inheritdoc/>
    public BusCounts Frames => frames.Counts;

    /// <inheritdoc/>
    public BusCounts Plans => plans.Counts;

    /// <inheritdoc/>
    public ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default) => Publish(frames, frame, cancel);

    /// <inheritdoc/>
    public ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default) => Publish(plans, plan, cancel);

    /// <summary>Nobody asks here.</summary>
    public ValueTask PublishAnswerAsync(IntersectionId intersection, PriorityAnswer answer, CancellationToken cancel = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask PublishModeAsync(IntersectionId intersection, ModeOrder order, CancellationToken cancel = default) =>
        Publish(modes, (intersection, order), cancel);

    /// <inheritdoc/>
    public IDisposable SubscribeFrames(Action<Frame> handler, IntersectionId? intersection = null) => Subscribe(frames, handler, intersection);

    /// <inheritdoc/>
    public IDisposable SubscribePlans(Action<PhasePlan> handler, IntersectionId? intersection = null) => Subscribe(plans, handler, intersection);

    /// <summary>Hears what operators want of a controller from now on.</summary>
    /// <returns>Dispose to hear no more.</returns>
    public IDisposable SubscribeModes(Action<ModeOrder> handler, IntersectionId intersection) => Subscribe(modes, mode => handler(mode.Order), intersection);

    public ValueTask DisposeAsync()
    {
        disposed = true;
        return ValueTask.CompletedTask;
    }

    private ValueTask Publish<T>(Channel<T> channel, T message, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        cancel.ThrowIfCancellationRequested();
        channel.CountPublished();
        channel.Deliver(message);
        return ValueTask.CompletedTask;
    }

    private IDisposable Subscribe<T>(Channel<T> channel, Action<T> handler, IntersectionId? intersection)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return channel.Subscribe(handler, intersection);
    }

    private void OnError(BusError error) => Errors?.Invoke(error);
}
