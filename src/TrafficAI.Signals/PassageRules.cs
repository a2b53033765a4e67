namespace TrafficAI.Signals;

/// <summary>When a phase may be left for another one: minimum greens, and intergreens of groups that ended in an earlier passage.</summary>
internal static class PassageRules
{
    /// <summary>Seconds that are still missing before the passage may begin with the coming second; 0 if it may.</summary>
    /// <param name="state">A phase is running, not an interphase.</param>
    /// <param name="to">Another phase of the intersection.</param>
    /// <param name="guard">What is missing the longest; <see cref="Guard.None"/> if nothing is.</param>
    public static int Missing(IntersectionSignals signals, SignalState state, PhaseId to, out Guard guard)
    {
        var passage = signals.Interphase(state.Phase, to);
        var minimum = signals.Phase(state.Phase).MinimumSeconds - state.Elapsed;
        var intergreen = 0;
        for (var group = 0; group < signals.Groups.Length; group++)
        {
            if (state.Lamps[group].IsGreen())
            {
                if (GreenUntil(signals, passage, group) is not { } until) continue;
                minimum = Math.Max(minimum, signals.Groups[group].MinimumGreenSeconds - state.LampSeconds[group] - until);
                if (GreenFrom(signals, passage, group, until) is { } again)
                    intergreen = Math.Max(intergreen, MissingIntergreen(signals, state, passage, group, again));
            }
            else if (GreenFrom(signals, passage, group, 0) is { } from)
            {
                intergreen = Math.Max(intergreen, MissingIntergreen(signals, state, passage, group, from));
            }
        }

        var missing = Math.Max(0, Math.Max(minimum, intergreen));
        guard = missing == 0 ? Guard.None : minimum >= intergreen ? Guard.MinimumGreen : Guard.Intergreen;
        return missing;
    }

    /// <summary>Seconds since the end of green, at the least, of a group that has shown <paramref name="lamp"/> for
    /// <paramref name="lampSeconds"/>: red came after amber.</summary>
    public static int SinceGreen(Lamp lamp, int lampSeconds, int amberSeconds) => lamp == Lamp.Red ? lampSeconds + amberSeconds : lampSeconds;

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
    private static int MissingIntergreen(IntersectionSignals signals, SignalState state, Interphase passage, int group, int from)
    {
        var missing = 0;
        for (var foe = 0; foe < signals.Groups.Length; foe++)
        {
            var intergreen = signals.Intergreen(foe, group);
            if (intergreen == 0 || state.Lamps[foe].IsGreen() || GreenFrom(signals, passage, foe, 0) <= from) continue;
            var since = SinceGreen(state.Lamps[foe], state.LampSeconds[foe], signals.Groups[foe].AmberSeconds);
            missing = Math.Max(missing, intergreen - since - from);
        }

        return missing;
    }
}
