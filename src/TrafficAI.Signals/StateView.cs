using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>What is shown in one second, wherever it is kept; see <see cref="SignalState"/>. The phase is counted from 0.</summary>
internal readonly ref struct StateView(
    long second, int phase, PhaseId? next, int elapsed, ImmutableArray<Lamp> lamps, ReadOnlySpan<int> lampSeconds)
{
    public StateView(SignalState state)
        : this(state.Second, state.Phase.Index, state.Next, state.Elapsed, state.Lamps, state.LampSeconds.AsSpan())
    {
    }

    public long Second { get; } = second;

    public int Phase { get; } = phase;

    public PhaseId? Next { get; } = next;

    public int Elapsed { get; } = elapsed;

    public ImmutableArray<Lamp> Lamps { get; } = lamps;

    public ReadOnlySpan<int> LampSeconds { get; } = lampSeconds;
}
