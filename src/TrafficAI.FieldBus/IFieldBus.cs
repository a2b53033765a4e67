using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>Carries frames from controllers to the optimiser, and phase plans back. Messages may be lost, late or doubled: a plan is sent
/// whole, and a frame names its second.</summary>
/// <remarks>All members may be called from several threads at once.</remarks>
public interface IFieldBus : IAsyncDisposable
{
    /// <summary>What became of the frames so far.</summary>
    BusCounts Frames { get; }

    /// <summary>What became of the plans so far.</summary>
    BusCounts Plans { get; }

    /// <summary>A handler has thrown; the other handlers got the message all the same. Raised on the thread that delivers.</summary>
    event Action<BusError>? Errors;

    /// <summary>Sends what a controller shows and sees.</summary>
    /// <exception cref="ObjectDisposedException">The bus has been disposed.</exception>
    ValueTask PublishFrameAsync(Frame frame, CancellationToken cancel = default);

    /// <summary>Sends what the optimiser wants of a controller.</summary>
    /// <exception cref="ObjectDisposedException">The bus has been disposed.</exception>
    ValueTask PublishPlanAsync(PhasePlan plan, CancellationToken cancel = default);

    /// <summary>Sends what has become of a priority request of a controller.</summary>
    /// <exception cref="ObjectDisposedException">The bus has been disposed.</exception>
    ValueTask PublishAnswerAsync(IntersectionId intersection, PriorityAnswer answer, CancellationToken cancel = default);

    /// <summary>Sends what an operator wants of a controller.</summary>
    /// <exception cref="ObjectDisposedException">The bus has been disposed.</exception>
    ValueTask PublishModeAsync(IntersectionId intersection, ModeOrder order, CancellationToken cancel = default);

    /// <summary>Hears frames from now on.</summary>
    /// <param name="handler">Called for each frame; must be quick, since others wait for it.</param>
    /// <param name="intersection">Only this one; null for all.</param>
    /// <returns>Dispose to hear no more; a delivery under way may still arrive.</returns>
    IDisposable SubscribeFrames(Action<Frame> handler, IntersectionId? intersection = null);

    /// <summary>Hears plans from now on; see <see cref="SubscribeFrames"/>.</summary>
    IDisposable SubscribePlans(Action<PhasePlan> handler, IntersectionId? intersection = null);
}
