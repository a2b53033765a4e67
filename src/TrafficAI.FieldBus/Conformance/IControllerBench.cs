using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>What somebody must do to the controller beside sending it messages.</summary>
public enum Hand
{
    /// <summary>Break its link to the broker.</summary>
    Cut,

    /// <summary>Let it connect again.</summary>
    Mend,

    /// <summary>Reboot it.</summary>
    Restart,

    /// <summary>Make the device fail, as by taking out a lamp.</summary>
    Fail,

    /// <summary>Mend what failed, and release the fault at the cabinet.</summary>
    Release,

    /// <summary>Make it ask for priority, as by driving a bus over its loop.</summary>
    AskPriority,
}

/// <summary>A message of the controller.</summary>
/// <param name="Kind">Null for a topic that the contract does not know.</param>
/// <param name="Retained">It stood at the broker when it was asked for.</param>
/// <param name="At">By <see cref="IControllerBench.Now"/>.</param>
public sealed record Heard(MessageKind? Kind, byte[] Payload, int Qos, bool Retained, TimeSpan At);

/// <summary>One controller and the broker before it.</summary>
public interface IControllerBench : IAsyncDisposable
{
    /// <summary>Time since the bench was opened.</summary>
    TimeSpan Now { get; }

    /// <summary>Sends it something.</summary>
    /// <param name="kind">An order's.</param>
    ValueTask PublishAsync(MessageKind kind, byte[] payload, bool retain, CancellationToken stop);

    /// <summary>The next message of it, in the order in which they come.</summary>
    /// <returns>Null when none came in time.</returns>
    ValueTask<Heard?> HearAsync(TimeSpan patience, CancellationToken stop);

    /// <summary>What of it stands at the broker.</summary>
    ValueTask<IReadOnlyList<Heard>> RetainedAsync(CancellationToken stop);

    bool Has(Hand hand);

    /// <exception cref="FieldBusException">It could not be done.</exception>
    ValueTask DoAsync(Hand hand, CancellationToken stop);
}
