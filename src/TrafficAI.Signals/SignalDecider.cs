using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>The only place that decides what the lamps show: a wish and the state of one second give the state of the next. Pure.</summary>
public static class SignalDecider
{
    /// <summary>Beyond this many seconds <see cref="EarliestChange"/> looks no further.</summary>
    private const int Horizon = 3600;

    /// <summary>Moves on by one second.</summary>
    /// <param name="signals">The intersection.</param>
    /// <param name="state">What is shown now.</param>
    /// <param name="wanted">The phase that somebody wants; any number is safe.</param>
    public static SignalStep Advance(IntersectionSignals signals, SignalState state, PhaseId wanted)
    {
        if (state.Next is { } next) return new(Continue(signals, state, next), wanted == next ? Guard.None : Guard.Interphase);
        if (signals.Phases.Length == 1) return new(Repeat(signals, state), IsKnown(signals, wanted) ? Guard.None : Guard.UnknownPhase);

        var bound = IsKnown(signals, wanted) ? Guard.None : Guard.UnknownPhase;
        var choice = bound == Guard.None ? wanted : state.Phase;
        if (signals.MaximumRedSeconds is { } limit)
        {
            var granted = MaximumRed.Choose(signals, state, choice, limit);
            if (granted != choice) bound = Guard.MaximumRed;
            choice = granted;
        }

        if (choice == state.Phase) return new(Hold(state), bound);
        var hold = MayLeave(signals, state, choice);
        if (hold != Guard.None) return new(Hold(state), bound == Guard.None ? hold : bound);
        return new(Leave(signals, state, choice), bound);
    }

    /// <summary>What the controller's own plan shows at a second, as if it had always run.</summary>
    /// <remarks>Runs through the plan: one cycle as it stands, so that all lamps have an age, then two under the guards.</remarks>
    public static SignalState Start(IntersectionSignals signals, long second)
    {
        var plan = signals.LocalPlan;
        var first = plan.Steps[0];
        var begin = second - plan.CycleSecond(second) + first.InterphaseStart - 4L * plan.CycleSeconds;
        var state = Opening(signals, plan, begin - 1);
        while (state.Second < second)
        {
            var wanted = plan.PhaseAt(state.Second + 1);
            if (state.Second >= begin + plan.CycleSeconds) state = Advance(signals, state, wanted).State;
            else if (state.Next is { } next) state = Continue(signals, state, next);
            else if (signals.Phases.Length == 1) state = Repeat(signals, state);
            else state = wanted == state.Phase ? Hold(state) : Leave(signals, state, wanted);
        }

        return state with { LampSequence = 0 };
    }

    /// <summary>The first second at or after <paramref name="state"/>.Second + 1 at which a wish for <paramref name="wanted"/> would
    /// be granted if nothing else happened; that second itself if it would be granted at once.</summary>
    /// <returns><see cref="long.MaxValue"/> for a phase that the intersection lacks, or that safety grants at no second of the coming
    /// hour, since the maximum red takes every turn.</returns>
    public static long EarliestChange(IntersectionSignals signals, SignalState state, PhaseId wanted)
    {
        if (!IsKnown(signals, wanted)) return long.MaxValue;
        for (var now = state; now.Second - state.Second < Horizon;)
        {
            if (now.Target == wanted) return Math.Max(state.Second + 1, now.Second);
            if (now.Next is null && signals.MaximumRedSeconds is null)
                return AtInterval(signals, now.Second + 1 + PassageRules.Missing(signals, now, wanted, out _));
            now = Advance(signals, now, wanted).State;
        }

        return long.MaxValue;
    }

    /// <summary>The SUMO letters of a state that the decider made.</summary>
    internal static string Letters(IntersectionSignals signals, SignalState state) =>
        state.Next is { } next ? signals.Interphase(state.Phase, next).Seconds[state.Elapsed - 1].Letters : signals.Phase(state.Phase).Letters;

    /// <summary>What the groups show in a phase.</summary>
    internal static ImmutableArray<Lamp> LampsOf(IntersectionSignals signals, PhaseId phase)
    {
        var letters = signals.Phase(phase).Letters;
        var lamps = ImmutableArray.CreateBuilder<Lamp>(signals.Groups.Length);
        foreach (var group in signals.Groups) lamps.Add(Letter.LampInPhase(letters[group.Links[0]]));
        return lamps.MoveToImmutable();
    }

    /// <summary>The next second, with these lamps.</summary>
    internal static SignalState Show(SignalState state, PhaseId phase, PhaseId? next, int elapsed, ImmutableArray<Lamp> lamps)
    {
        var seconds = ImmutableArray.CreateBuilder<int>(lamps.Length);
        var changed = false;
        for (var group = 0; group < lamps.Length; group++)
        {
            var (before, now) = (state.Lamps[group], lamps[group]);
            changed |= before != now;
            seconds.Add(before == now || (before.IsGreen() && now.IsGreen()) ? state.LampSeconds[group] + 1 : 1);
        }

        return new(state.Second + 1, phase, next, elapsed, lamps, seconds.MoveToImmutable(), state.LampSequence + (changed ? 1 : 0));
    }

    /// <summary>The first second at or after <paramref name="second"/> at which the class allows a change.</summary>
    internal static long AtInterval(IntersectionSignals signals, long second)
    {
        var rest = second % signals.DecisionIntervalSeconds;
        return rest == 0 ? second : second + (rest < 0 ? -rest : signals.DecisionIntervalSeconds - rest);
    }

    internal static bool IsKnown(IntersectionSignals signals, PhaseId phase) => phase.Number >= 1 && phase.Number <= signals.Phases.Length;

    /// <summary>Why the passage to another phase may not begin with the coming second, or <see cref="Guard.None"/>.</summary>
    private static Guard MayLeave(IntersectionSignals signals, SignalState state, PhaseId to)
    {
        if (PassageRules.Missing(signals, state, to, out var guard) > 0) return guard;
        return AtInterval(signals, state.Second + 1) == state.Second + 1 ? Guard.None : Guard.DecisionInterval;
    }

    private static SignalState Hold(SignalState state) => Show(state, state.Phase, null, state.Elapsed + 1, state.Lamps);

    private static SignalState Leave(IntersectionSignals signals, SignalState state, PhaseId to)
    {
        var passage = signals.Interphase(state.Phase, to);
        return passage.Length == 0
            ? Show(state, to, null, 1, LampsOf(signals, to))
            : Show(state, state.Phase, to, 1, passage.Seconds[0].Lamps);
    }

    private static SignalState Continue(IntersectionSignals signals, SignalState state, PhaseId next)
    {
        var passage = signals.Interphase(state.Phase, next);
        return state.Elapsed < passage.Length
            ? Show(state, state.Phase, next, state.Elapsed + 1, passage.Seconds[state.Elapsed].Lamps)
            : Show(state, next, null, 1, LampsOf(signals, next));
    }

    /// <summary>The only phase holds, or repeats with the plan where it has a passage back to itself.</summary>
    private static SignalState Repeat(IntersectionSignals signals, SignalState state) =>
        signals.Interphases[0].Length > 0 && signals.LocalPlan.CycleSecond(state.Second + 1) == signals.LocalPlan.Steps[0].InterphaseStart
            ? Leave(signals, state, state.Phase)
            : Hold(state);

    /// <summary>The last phase of the plan, one second before its first passage; everything has lasted for a cycle.</summary>
    private static SignalState Opening(IntersectionSignals signals, FixedPlan plan, long second)
    {
        var phase = plan.Steps[^1].Phase;
        var ages = new int[signals.Groups.Length];
        Array.Fill(ages, plan.CycleSeconds);
        return new(second, phase, null, plan.CycleSeconds, LampsOf(signals, phase), [.. ages], 0);
    }
}
