using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace TrafficAI.Signals;

/// <summary>A <see cref="SignalState"/> that moves on in place, so that a second costs no memory. Not thread-safe.</summary>
internal sealed class RunningSignals
{
    private readonly int[] lampSeconds;

    public RunningSignals(SignalState state)
    {
        lampSeconds = [.. state.LampSeconds];
        Now = state with { LampSeconds = ImmutableCollectionsMarshal.AsImmutableArray(lampSeconds) };
    }

    /// <summary>Nothing is shown yet: <see cref="Begin"/> comes first.</summary>
    public RunningSignals(int groups)
        : this(new SignalState(0, PhaseId.OfIndex(0), null, 1, [], [.. new int[groups]], 0))
    {
    }

    /// <summary>The state as it is now; moves on with this.</summary>
    public SignalState Now { get; }

    public long Second => Now.Second;

    public PhaseId Phase => Now.Phase;

    public PhaseId? Next => Now.Next;

    public int Elapsed => Now.Elapsed;

    public ImmutableArray<Lamp> Lamps => Now.Lamps;

    public long LampSequence => Now.LampSequence;

    public StateView View => new(Now);

    /// <summary>The state as it is now, for ever.</summary>
    public SignalState Picture() => Now with { LampSeconds = [.. lampSeconds] };

    /// <summary>Goes on from another state of the same intersection.</summary>
    public void Begin(SignalState state)
    {
        state.LampSeconds.CopyTo(lampSeconds);
        Now.Become(state.Second, new(state.Phase, state.Next, state.Elapsed, state.Lamps, Guard.None), state.LampSequence);
    }

    /// <summary>Moves on by one second.</summary>
    public void Show(in SignalMove move)
    {
        var changed = Age(Lamps, move.Lamps, lampSeconds);
        Now.Become(Second + 1, move, LampSequence + (changed ? 1 : 0));
    }

    /// <summary>The count of street seconds was set; no lamp has lasted longer or shorter for that.</summary>
    public void SetClock(long next) => Now.Become(next - 1, new(Phase, Next, Elapsed, Lamps, Guard.None), LampSequence);

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
