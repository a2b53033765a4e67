namespace TrafficAI.Signals;

/// <summary>A look ahead: the waiting groups are served in the order of their deadlines, just as they will be if nothing but the
/// maximum red chooses; those that begin to wait on the way have their say in the choice of phases too.</summary>
internal ref struct RedRound
{
    private const long Green = long.MaxValue;

    private readonly SignalTables tables;
    private readonly Calls calls;
    private readonly int limit;

    /// <summary>Per group the second at which its red began; <see cref="Green"/> while it is not red.</summary>
    private readonly Span<long> redSince;

    /// <summary>Per group the second from which its wait counts.</summary>
    private readonly Span<long> waitSince;

    /// <summary>Per group: red, served by some phase, and somebody waits.</summary>
    private readonly Span<bool> waits;

    /// <summary>Per group: it waits since before the look ahead.</summary>
    private readonly Span<bool> due;
    private readonly Span<bool> candidates;
    private int phase;

    /// <summary>First second at which the phase may be left.</summary>
    private long free;

    /// <param name="redSince">Room for the round, one per group, as the next three.</param>
    /// <param name="candidates">One per phase.</param>
    public RedRound(
        SignalTables tables, Calls calls, int limit, Span<long> redSince, Span<long> waitSince, Span<bool> waits, Span<bool> due,
        Span<bool> candidates)
    {
        (this.tables, this.calls, this.limit) = (tables, calls, limit);
        this.redSince = redSince;
        this.waitSince = waitSince;
        this.waits = waits;
        this.due = due;
        this.candidates = candidates;
    }

    /// <summary>Begins with what is shown now; anew after a look ahead.</summary>
    public void Begin(in StateView state)
    {
        phase = state.Phase;
        for (var group = 0; group < redSince.Length; group++)
        {
            var red = state.Lamps[group] == Lamp.Red;
            var call = calls.Of(group);
            redSince[group] = red ? state.Second + 1 - state.LampSeconds[group] : Green;
            waitSince[group] = Math.Max(redSince[group], call);
            waits[group] = due[group] = red && tables.Served[group] && call <= state.Second;
        }
    }

    /// <summary>The group that has waited longest, the first of them; −1 if none waits.</summary>
    public readonly int MostUrgent()
    {
        var urgent = -1;
        for (var group = 0; group < waits.Length; group++)
            if (waits[group] && (urgent < 0 || waitSince[group] < waitSince[urgent])) urgent = group;
        return urgent;
    }

    /// <summary>The phase that serves the most urgent group, of those the next urgent one if any can, and so on; then the one with
    /// the shortest passage, then the first.</summary>
    public readonly PhaseId BestPhase()
    {
        candidates.Fill(true);
        candidates[phase] = false;
        var left = candidates.Length - 1;
        var after = long.MinValue;
        for (var group = NextUrgent(ref after, -1); group >= 0 && left > 1; group = NextUrgent(ref after, group)) left = KeepThoseThatServe(group, left);
        var best = -1;
        for (var p = 0; p < candidates.Length; p++)
            if (candidates[p] && (best < 0 || tables.Passage(phase, p) < tables.Passage(phase, best))) best = p;
        return PhaseId.OfIndex(best);
    }

    /// <summary>Whether everybody who waits is served in time if the choice is granted for the coming second.</summary>
    public bool IsInTime(in StateView state, PhaseId choice)
    {
        if (!Grant(state, choice)) return false;
        while (due.Contains(true))
            if (!Serve(BestPhase().Index)) return false;
        return true;
    }

    /// <summary>The same whoever calls from then on.</summary>
    /// <remarks>Later calls come after all who are due, so they cannot change who of these is served together in which turn; they choose only
    /// among phases that serve the same of them. Each turn is therefore counted at the longest of these phases.</remarks>
    public bool IsInTimeWhoeverCalls(in StateView state, PhaseId choice)
    {
        if (!Grant(state, choice)) return false;
        due.CopyTo(waits);
        for (var group = 0; group < waits.Length; group++)
            if (redSince[group] != Green) free = Math.Max(free, redSince[group] - tables.Amber[group] + tables.LongestClearance);
        while (due.Contains(true))
            if (!ServeAtTheLongest(BestPhase().Index)) return false;
        return true;
    }

    /// <summary>The coming second as it is when the choice is granted.</summary>
    /// <returns>Nobody that is served then has waited too long.</returns>
    private bool Grant(in StateView state, PhaseId choice)
    {
        var next = state.Second + 1;
        free = next + Math.Max(1, tables.PhaseMinimum[phase] - state.Elapsed);
        for (var group = 0; group < waits.Length; group++)
            if (state.Lamps[group].IsGreen())
                free = Math.Max(free, next + tables.MinimumGreen[group] - state.LampSeconds[group]);
        if (choice.Index == state.Phase || tables.AtInterval(next) != next || PassageRules.Missing(tables, state, choice.Index, out _) != 0) return true;
        free = next;
        return Serve(choice.Index);
    }

    /// <summary>Goes to a phase, or to another of the candidates, in the longest time that it may take.</summary>
    /// <returns>Nobody that it serves has waited too long.</returns>
    private bool ServeAtTheLongest(int to)
    {
        var (passage, stay) = (0, 0);
        for (var p = 0; p < candidates.Length; p++)
        {
            if (!candidates[p]) continue;
            passage = Math.Max(passage, tables.LongestPassages[p]);
            stay = Math.Max(stay, tables.LongestStays[p]);
        }

        var start = free + tables.Signals.DecisionIntervalSeconds - 1 + passage;
        var inTime = true;
        for (var group = 0; group < due.Length; group++)
        {
            if (!due[group] || !tables.Green(to)[group]) continue;
            if (start - waitSince[group] > limit) inTime = false;
            waits[group] = due[group] = false;
        }

        (phase, free) = (to, start + stay);
        return inTime;
    }

    /// <summary>Goes to a phase as soon as it may.</summary>
    /// <returns>Nobody that it serves has waited too long.</returns>
    private bool Serve(int to)
    {
        var leave = tables.AtInterval(Math.Max(free, ClearedFor(to)));
        var start = leave + tables.Passage(phase, to);
        var service = tables.PhaseMinimum[to];
        var inTime = true;
        var before = tables.Green(phase);
        var after = tables.Green(to);
        var until = tables.GreenUntil(phase, to);
        for (var group = 0; group < waits.Length; group++)
        {
            if (!after[group])
            {
                if (!before[group]) continue;
                waitSince[group] = redSince[group] = leave + (until[group] == SignalTables.Never ? 0 : until[group]) + tables.Amber[group];
                waits[group] = calls.Of(group) == Calls.FromRed;
                continue;
            }

            if (due[group] && start - waitSince[group] > limit) inTime = false;
            if (redSince[group] != Green) service = Math.Max(service, tables.MinimumGreen[group]);
            waits[group] = due[group] = false;
            redSince[group] = Green;
        }

        (phase, free) = (to, start + service);
        return inTime;
    }

    /// <summary>The first second at which the passage may begin, for all groups that ended in earlier passages.</summary>
    private readonly long ClearedFor(int to)
    {
        var cleared = long.MinValue;
        var before = tables.Green(phase);
        var after = tables.Green(to);
        var passage = tables.Passage(phase, to);
        for (var starting = 0; starting < waits.Length; starting++)
        {
            if (!after[starting] || before[starting]) continue;
            foreach (var foe in tables.Foes(starting))
                if (redSince[foe] != Green)
                    cleared = Math.Max(cleared, redSince[foe] - tables.Amber[foe] + tables.Signals.Intergreen(foe, starting) - passage);
        }

        return cleared;
    }

    /// <summary>The next waiting group in the order of deadlines, ties in the order of the groups; −1 after the last.</summary>
    private readonly int NextUrgent(ref long since, int after)
    {
        var next = -1;
        for (var group = 0; group < waits.Length; group++)
        {
            if (!waits[group] || waitSince[group] < since || (waitSince[group] == since && group <= after)) continue;
            if (next < 0 || waitSince[group] < waitSince[next]) next = group;
        }

        if (next >= 0) since = waitSince[next];
        return next;
    }

    /// <returns>How many candidates are left; all of them if none serves the group.</returns>
    private readonly int KeepThoseThatServe(int group, int left)
    {
        var serve = 0;
        for (var p = 0; p < candidates.Length; p++)
            if (candidates[p] && tables.Green(p)[group]) serve++;
        if (serve == 0 || serve == left) return left;
        for (var p = 0; p < candidates.Length; p++) candidates[p] &= tables.Green(p)[group];
        return serve;
    }
}
