namespace TrafficAI.Signals;

/// <summary>The only place that decides what the lamps show: a wish and the state of one second give the state of the next. Pure.</summary>
public static class SignalDecider
{
    /// <summary>Moves on by one second.</summary>
    /// <param name="signals">The intersection.</param>
    /// <param name="state">What is shown now.</param>
    /// <param name="wanted">The phase that somebody wants; any number is safe.</param>
    /// <param name="calls">Who waits; by default no group has a healthy detector, and all wait from red.</param>
    /// <param name="clears">The all red of an interphase is to be lengthened, as far as <see cref="IntersectionSignals.AllRedExtensionSeconds"/> and the maximum red allow.</param>
    /// <exception cref="ArgumentException">The calls are not those of this intersection.</exception>
    public static SignalStep Advance(IntersectionSignals signals, SignalState state, PhaseId wanted, Calls calls = default, bool clears = false)
    {
        var move = Choose(signals, state, wanted, calls, clears);
        return new(RunningSignals.Show(state, move), move.Bound);
    }

    /// <summary>What the coming second shows: the same as <see cref="Advance"/>, for whoever needs no state.</summary>
    /// <exception cref="ArgumentException">The calls are not those of this intersection.</exception>
    public static SignalMove Choose(IntersectionSignals signals, SignalState state, PhaseId wanted, Calls calls = default, bool clears = false)
    {
        calls.Check(signals.Groups.Length);
        return Choose(SignalTables.Of(signals), new(state), wanted, calls, clears);
    }

    internal static SignalMove Choose(SignalTables tables, in StateView state, PhaseId wanted, Calls calls, bool clears = false)
    {
        var signals = tables.Signals;
        if (state.Next is { } next)
        {
            return clears && MayLengthen(tables, state, next, calls)
                ? new(PhaseId.OfIndex(state.Phase), next, state.Elapsed, state.Lamps, Guard.AllRed)
                : Continue(tables, state, next) with { Bound = wanted == next ? Guard.None : Guard.Interphase };
        }

        var bound = IsKnown(signals, wanted) ? Guard.None : Guard.UnknownPhase;
        if (tables.Phases == 1) return Repeat(tables, state) with { Bound = bound };

        var current = PhaseId.OfIndex(state.Phase);
        var choice = bound == Guard.None ? wanted : current;
        if (signals.MaximumRedSeconds is { } limit)
        {
            var granted = MaximumRed.Choose(tables, state, choice, calls, limit);
            if (granted != choice) bound = Guard.MaximumRed;
            choice = granted;
        }

        if (choice == current) return Hold(state) with { Bound = bound };
        var hold = MayLeave(tables, state, choice);
        return hold == Guard.None
            ? Leave(tables, state, choice) with { Bound = bound }
            : Hold(state) with { Bound = bound == Guard.None ? hold : bound };
    }

    /// <summary>What the controller's own plan shows at a second, as if it had always run.</summary>
    /// <remarks>Runs through the plan: one cycle as it stands, so that all lamps have an age, then two under the guards.</remarks>
    public static SignalState Start(IntersectionSignals signals, long second)
    {
        var plan = signals.LocalPlan;
        var first = plan.Steps[0];
        var begin = second - plan.CycleSecond(second) + first.InterphaseStart - 4L * plan.CycleSeconds;
        var tables = SignalTables.Of(signals);
        var run = new RunningSignals(Opening(tables, plan, begin - 1));
        while (run.Second < second)
        {
            var wanted = plan.PhaseAt(run.Second + 1);
            run.Show(run.Second >= begin + plan.CycleSeconds ? Choose(tables, run.View, wanted, default) : Unguarded(tables, run.View, wanted));
        }

        return run.Picture() with { LampSequence = 0 };
    }

    /// <summary>The first second at or after <paramref name="state"/>.Second + 1 at which a wish for <paramref name="wanted"/> would
    /// be granted if nothing else happened; that second itself if it would be granted at once.</summary>
    /// <returns><see cref="long.MaxValue"/> for a phase that the intersection lacks, or that safety grants at no second of the coming
    /// hour, since the maximum red takes every turn.</returns>
    public static long EarliestChange(IntersectionSignals signals, SignalState state, PhaseId wanted, Calls calls = default) =>
        new SignalOutlook(signals).EarliestChange(state, wanted, calls);

    /// <summary>The SUMO letters of a phase or an interphase of the intersection.</summary>
    internal static string Letters(IntersectionSignals signals, PhaseId phase, PhaseId? next, int elapsed) =>
        next is { } to ? signals.Interphase(phase, to).Seconds[elapsed - 1].Letters : signals.Phase(phase).Letters;

    /// <summary>Whether the lamps are those of its phase, or of its second of an interphase: the decider can go on from it.</summary>
    public static bool IsOwn(IntersectionSignals signals, SignalState state)
    {
        if (!IsKnown(signals, state.Phase) || state.Elapsed < 1) return false;
        if (state.Next is not { } next) return state.Lamps.SequenceEqual(SignalTables.Of(signals).PhaseLamps[state.Phase.Index]);
        return IsKnown(signals, next) && state.Elapsed <= signals.Interphase(state.Phase, next).Length
            && state.Lamps.SequenceEqual(signals.Interphase(state.Phase, next).Seconds[state.Elapsed - 1].Lamps);
    }

    /// <summary>The first second at or after <paramref name="second"/> at which the class allows a change.</summary>
    internal static long AtInterval(IntersectionSignals signals, long second)
    {
        var rest = second % signals.DecisionIntervalSeconds;
        return rest == 0 ? second : second + (rest < 0 ? -rest : signals.DecisionIntervalSeconds - rest);
    }

    /// <summary>Whether it is a phase of the intersection.</summary>
    public static bool IsKnown(IntersectionSignals signals, PhaseId phase) => phase.Number >= 1 && phase.Number <= signals.Phases.Length;

    /// <summary>Why the passage to another phase may not begin with the coming second, or <see cref="Guard.None"/>.</summary>
    private static Guard MayLeave(SignalTables tables, in StateView state, PhaseId to)
    {
        if (PassageRules.Missing(tables, state, to.Index, out var guard) > 0) return guard;
        return tables.AtInterval(state.Second + 1) == state.Second + 1 ? Guard.None : Guard.DecisionInterval;
    }

    /// <summary>The interphase shows the second that may be lengthened, has not been lengthened as much as it may, and whoever waits can still be served in time.</summary>
    private static bool MayLengthen(SignalTables tables, in StateView state, PhaseId next, Calls calls)
    {
        ref readonly var allRed = ref tables.AllRedIn(state.Phase, next.Index);
        return state.Elapsed == allRed.Second
            && state.LampSeconds[allRed.Group] - allRed.RedSeconds < tables.Signals.AllRedExtensionSeconds
            && (tables.Signals.MaximumRedSeconds is not { } limit || MaximumRed.IsFarFromLimit(tables, state, calls, limit - 1));
    }

    private static SignalMove Hold(in StateView state) => new(PhaseId.OfIndex(state.Phase), null, state.Elapsed + 1, state.Lamps, Guard.None);

    private static SignalMove Leave(SignalTables tables, in StateView state, PhaseId to)
    {
        var from = PhaseId.OfIndex(state.Phase);
        var passage = tables.Signals.Interphase(from, to);
        return passage.Length == 0
            ? new(to, null, 1, tables.PhaseLamps[to.Index], Guard.None)
            : new(from, to, 1, passage.Seconds[0].Lamps, Guard.None);
    }

    private static SignalMove Continue(SignalTables tables, in StateView state, PhaseId next)
    {
        var from = PhaseId.OfIndex(state.Phase);
        var passage = tables.Signals.Interphase(from, next);
        return state.Elapsed < passage.Length
            ? new(from, next, state.Elapsed + 1, passage.Seconds[state.Elapsed].Lamps, Guard.None)
            : new(next, null, 1, tables.PhaseLamps[next.Index], Guard.None);
    }

    /// <summary>The only phase holds, or repeats with the plan where it has a passage back to itself. When the clock was set in between, the
    /// plan's second may come before the phase has had its time: it then holds for another cycle.</summary>
    private static SignalMove Repeat(SignalTables tables, in StateView state)
    {
        var plan = tables.Signals.LocalPlan;
        return tables.Passage(0, 0) > 0 && plan.CycleSecond(state.Second + 1) == plan.Steps[0].InterphaseStart
            && state.Elapsed >= plan.CycleSeconds - tables.Passage(0, 0) && PassageRules.MissingMinimum(tables, state, 0) <= 0
            ? Leave(tables, state, PhaseId.OfIndex(state.Phase))
            : Hold(state);
    }

    /// <summary>The plan as it stands, under no guard.</summary>
    private static SignalMove Unguarded(SignalTables tables, in StateView state, PhaseId wanted)
    {
        if (state.Next is { } next) return Continue(tables, state, next);
        if (tables.Phases == 1) return Repeat(tables, state);
        return wanted.Index == state.Phase ? Hold(state) : Leave(tables, state, wanted);
    }

    /// <summary>The last phase of the plan, one second before its first passage; everything has lasted for a cycle. A group that no phase serves has
    /// always been as it is, however short the cycle: no intergreen runs after it.</summary>
    private static SignalState Opening(SignalTables tables, FixedPlan plan, long second)
    {
        var phase = plan.Steps[^1].Phase;
        var ages = new int[tables.Groups];
        for (var group = 0; group < ages.Length; group++)
            ages[group] = tables.Served[group] ? plan.CycleSeconds : Math.Max(plan.CycleSeconds, tables.Signals.IntergreenSeconds.Append(0).Max());
        return new(second, phase, null, plan.CycleSeconds, tables.PhaseLamps[phase.Index], [.. ages], 0);
    }
}
