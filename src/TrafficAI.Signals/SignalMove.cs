using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What will be shown in the coming second, and which guard altered the wish for it.</summary>
/// <param name="Phase">As <see cref="SignalState.Phase"/>, and so on.</param>
/// <param name="Bound">Which guard altered the wish, if any.</param>
public readonly record struct SignalMove(PhaseId Phase, PhaseId? Next, int Elapsed, ImmutableArray<Lamp> Lamps, Guard Bound)
{
    /// <summary>The phase that is running or will follow the running interphase.</summary>
    public PhaseId Target => Next ?? Phase;
}
