using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TrafficAI.Signals;

/// <summary>A <see cref="SignalState"/> that moves on in place, so that a second costs no memory. Not thread-safe.</summary>
internal sealed class RunningSignals
{
    private readonly int[] lampSeconds;

    public RunningSignals(SignalState state)
    {
        (Second, Phase, Next, Elapsed, Lamps, LampSequence) =
            (state.Second, state.Phase, state.Next, state.Elapsed, state.Lamps, state.LampSequence);
        lampSeconds = [.. state.LampSeconds];
    }

    public long Second { get; private set; }

    public PhaseId Phase { get; private set; }

    public PhaseId? Next { get; private set; }

    public int Elapsed { get; private set; }

    public ImmutableArray<Lamp> Lamps { get; private set; }

    public long LampSequence { get; private set; }

    public StateView View => new(Second, Phase.Index, Next, Elapsed, Lamps, lampSeconds);

    /// <summary>The state as it is now.</summary>
    public SignalState Picture() => new(Second, Phase, Next, Elapsed, Lamps, [.. lampSeconds], LampSequence);

    /// <summary>Moves on by one second.</summary>
    public void Show(in SignalMove move)
    {
        if (Age(Lamps, move.Lamps, lampSeconds)) LampSequence++;
        Second++;
        (Phase, Next, Elapsed, Lamps) = (move.Phase, move.Next, move.Elapsed, move.Lamps);
    }

    /// <summary>The count of street seconds was set; no lamp has lasted longer or shorter for that.</summary>
    public void SetClock(long next) => Second = next - 1;

    /// <summary>The same for a state that does not change.</summary>
    public static SignalState Show(SignalState state, in SignalMove move)
    {
        var seconds = state.LampSeconds.ToArray();
        var changed = Age(state.Lamps, move.Lamps, seconds);
        return new(
            state.Second + 1, move.Phase, move.Next, move.Elapsed, move.Lamps, ImmutableCollectionsMarshal.AsImmutableArray(seconds),
            state.LampSequence + (changed ? 1 : 0));
    }

    /// <returns>Some lamp has changed.</returns>
    private static bool Age(ImmutableArray<Lamp> before, ImmutableArray<Lamp> now, int[] seconds)
    {
        if (before == now)
        {
            for (var group = 0; group < seconds.Length; group++) seconds[group]++;
            return false;
        }

        var changed = false;
        for (var group = 0; group < seconds.Length; group++)
        {
            changed |= before[group] != now[group];
            var lasts = before[group] == now[group] || (before[group].IsGreen() && now[group].IsGreen());
            seconds[group] = lasts ? seconds[group] + 1 : 1;
        }

        return changed;
    }
}
