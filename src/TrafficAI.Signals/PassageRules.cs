namespace TrafficAI.Signals;

/// <summary>When a phase may be left for another one: minimum greens, and intergreens of groups that ended in an earlier passage.</summary>
internal static class PassageRules
{
    /// <summary>Seconds that are still missing before the passage may begin with the coming second; 0 if it may.</summary>
    /// <param name="state">A phase is running, not an interphase.</param>
    /// <param name="to">Another phase of the intersection, counted from 0.</param>
    /// <param name="guard">What is missing the longest; <see cref="Guard.None"/> if nothing is.</param>
    public static int Missing(SignalTables tables, in StateView state, int to, out Guard guard)
    {
        var from = tables.GreenFrom(state.Phase, to);
        var again = tables.GreenAgain(state.Phase, to);
        var minimum = MissingMinimum(tables, state, to);
        var intergreen = 0;
        for (var group = 0; group < tables.Groups; group++)
        {
            var starts = state.Lamps[group].IsGreen() ? again[group] : from[group];
            if (starts != SignalTables.Never) intergreen = Math.Max(intergreen, MissingIntergreen(tables, state, from, group, starts));
        }

        var missing = Math.Max(0, Math.Max(minimum, intergreen));
        guard = missing == 0 ? Guard.None : minimum >= intergreen ? Guard.MinimumGreen : Guard.Intergreen;
        return missing;
    }

    /// <summary>The same for the minimum of the phase and of the groups that end in the passage alone; 0 or less if they have had it.</summary>
    public static int MissingMinimum(SignalTables tables, in StateView state, int to)
    {
        var until = tables.GreenUntil(state.Phase, to);
        var minimum = tables.PhaseMinimum[state.Phase] - state.Elapsed;
        for (var group = 0; group < tables.Groups; group++)
            if (state.Lamps[group].IsGreen() && until[group] != SignalTables.Never)
                minimum = Math.Max(minimum, tables.MinimumGreen[group] - state.LampSeconds[group] - until[group]);
        return minimum;
    }

    /// <summary>Seconds since the end of green, at the least, of a group that has shown <paramref name="lamp"/> for
    /// <paramref name="lampSeconds"/>.</summary>
    /// <param name="redAfterSeconds">See <see cref="SignalGroup.RedAfterSeconds"/>.</param>
    public static int SinceGreen(Lamp lamp, int lampSeconds, int redAfterSeconds) => lamp == Lamp.Red ? lampSeconds + redAfterSeconds : lampSeconds;

    /// <summary>How many seconds of a passage a group that was green still is green; null if it does not end.</summary>
    public static int? GreenUntil(IntersectionSignals signals, Interphase passage, int group)
    {
        for (var second = 0; second < passage.Length; second++)
            if (!passage.Seconds[second].Lamps[group].IsGreen()) return second;
        return signals.Phase(passage.To).Green[group] ? null : passage.Length;
    }

    /// <summary>After how many seconds of a passage, <paramref name="after"/> at the least, a group that is not green by then begins; null if
    /// it does not.</summary>
    public static int? GreenFrom(IntersectionSignals signals, Interphase passage, int group, int after)
    {
        for (var second = after; second < passage.Length; second++)
            if (passage.Seconds[second].Lamps[group].IsGreen()) return second;
        return signals.Phase(passage.To).Green[group] ? passage.Length : null;
    }

    /// <summary>What is missing for a group that starts <paramref name="from"/> seconds into the passage, against all that ended before it.</summary>
    /// <param name="greenFrom">Per group after how many seconds of the passage it is green.</param>
    private static int MissingIntergreen(SignalTables tables, in StateView state, ReadOnlySpan<int> greenFrom, int group, int from)
    {
        var missing = 0;
        foreach (var foe in tables.Foes(group))
        {
            if (state.Lamps[foe].IsGreen() || greenFrom[foe] <= from) continue;
            var since = SinceGreen(state.Lamps[foe], state.LampSeconds[foe], tables.RedAfter[foe]);
            missing = Math.Max(missing, tables.Signals.Intergreen(foe, group) - since - from);
        }

        return missing;
    }
}
