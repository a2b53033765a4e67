using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>A field bus for actors in the world: a plan or an answer goes out when all that led to it has been committed, so that a process that is killed has
/// sent nothing that its log does not know. It leaves the bus to its owner.</summary>
public sealed class RecordedFirst(IFieldBus bus, IEventLog log) : IFieldBus
{
    /// <inheritdoc/>
    public event Action<BusError>? Errors
    {
        add => bus.Errors += value;
        remove => bus.Errors -= value;
    }

    /// <inheritdoc/>
    public BusCounts Frames => bus.Frames;

    /// <inheritdoc/>
    public BusCounts Plans => bus.Plans;

    /// <inheritdoc/>
    public ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default) => bus.PublishFrameAsync(frame, cancel);

    /// <inheritdoc/>
    public async ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default)
    {
        await log.FlushAsync(cancel);
        await bus.PublishPlanAsync(plan, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask PublishAnswerAsync(IntersectionId intersection, PriorityAnswer answer, CancellationToken cancel = default)
    {
        await log.FlushAsync(cancel);
        await bus.PublishAnswerAsync(intersection, answer, cancel);
    }

    /// <inheritdoc/>
    public async ValueTask PublishModeAsync(IntersectionId intersection, ModeOrder order, CancellationToken cancel = default)
    {
        await log.FlushAsync(cancel);
        await bus.PublishModeAsync(intersection, order, cancel);
    }

    /// <inheritdoc/>
    public IDisposable SubscribeFrames(Action<Frame> handler, IntersectionId? intersection = null) => bus.SubscribeFrames(handler, intersection);

    /// <inheritdoc/>
    public IDisposable SubscribePlans(Action<PhasePlan> handler, IntersectionId? intersection = null) => bus.SubscribePlans(handler, intersection);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
