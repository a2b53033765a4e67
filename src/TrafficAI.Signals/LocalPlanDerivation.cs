namespace TrafficAI.Signals;

/// <summary>The plan that the controller runs on its own: the file's, or what the class leaves of it.</summary>
internal static class LocalPlanDerivation
{
    /// <summary>The file's own times: the passage to a phase begins when the phase before it ends.</summary>
    public static FixedPlan OfProgram(ProgramReading program)
    {
        var count = program.PhaseStates.Length;
        return Plan(program, program.CycleSeconds, [.. Enumerable.Range(0, count).Select(k => program.EndOfPhase((k + count - 1) % count))]);
    }

    /// <summary>Keeps cycle and offset, and starts each phase as near to the file's second as the class's passages and minima allow; what
    /// they need comes out of the longest greens. A cycle that cannot hold them is lengthened.</summary>
    public static FixedPlan OfClass(ProgramReading program, IntersectionSignals signals)
    {
        var count = signals.Phases.Length;
        if (count == 1) return Plan(program, program.CycleSeconds, [0]);
        var least = Enumerable.Range(0, count).Select(k => LeastSpacing(signals, k)).ToArray();
        while (true)
        {
            var starts = Fit(program, signals, least, out var cycle);
            if (!Lengthen(signals, least, starts, cycle)) return Plan(program, cycle, starts);
        }
    }

    /// <summary>From the passage to a phase to the passage to the next: the passage and the minimum, and so many whole decision intervals,
    /// so that a passage that waits for its second never pushes the next one.</summary>
    private static int LeastSpacing(IntersectionSignals signals, int phase)
    {
        var interval = signals.DecisionIntervalSeconds;
        var least = PassageTo(signals, phase) + signals.Phases[phase].MinimumSeconds;
        return (least + interval - 1) / interval * interval;
    }

    private static int PassageTo(IntersectionSignals signals, int phase) =>
        signals.Interphase(PhaseId.OfIndex(Before(signals, phase)), PhaseId.OfIndex(phase)).Length;

    private static int Before(IntersectionSignals signals, int phase) => (phase + signals.Phases.Length - 1) % signals.Phases.Length;

    /// <summary>Seconds of the cycle at which the passages begin; rising from the first phase on, before they are taken modulo the cycle.</summary>
    private static int[] Fit(ProgramReading program, IntersectionSignals signals, int[] least, out int cycle)
    {
        var count = least.Length;
        cycle = Math.Max(program.CycleSeconds, least.Sum());
        // A passage waits for its decision second: on average as near as one that waits for none.
        var early = signals.DecisionIntervalSeconds / 2;
        var wished = new int[count];
        for (var k = 0; k < count; k++) wished[k] = program.Starts[program.PhaseStates[k]] - PassageTo(signals, k) - early;
        var spacing = new int[count];
        for (var k = 0; k < count; k++)
            spacing[k] = (k + 1 < count ? wished[k + 1] : wished[0] + program.CycleSeconds) - wished[k];
        Settle(signals, spacing, least, cycle);

        var starts = new int[count];
        starts[0] = wished[0];
        for (var k = 1; k < count; k++) starts[k] = starts[k - 1] + spacing[k - 1];
        var late = starts.Select((start, k) => start - wished[k]).Order().ToArray();
        var shift = cycle == program.CycleSeconds ? late[count / 2] : 0;
        return [.. starts.Select(start => start - shift)];
    }

    /// <summary>Lengthens what is too short, then takes the difference second by second from the longest green that can spare it.</summary>
    private static void Settle(IntersectionSignals signals, int[] spacing, int[] least, int cycle)
    {
        for (var k = 0; k < spacing.Length; k++) spacing[k] = Math.Max(spacing[k], least[k]);
        for (var over = spacing.Sum() - cycle; over > 0; over--)
        {
            var longest = -1;
            for (var k = 0; k < spacing.Length; k++)
                if (spacing[k] > least[k] && (longest < 0 || Green(k) > Green(longest))) longest = k;
            spacing[longest]--;
        }

        spacing[^1] += cycle - spacing.Sum();
        int Green(int k) => spacing[k] - PassageTo(signals, k);
    }

    /// <summary>Whether a group that ended some passages ago would not have cleared when a foe starts; if so the phase between them gets
    /// what is missing.</summary>
    private static bool Lengthen(IntersectionSignals signals, int[] least, int[] starts, int cycle)
    {
        var count = least.Length;
        var changed = false;
        for (var phase = 0; phase < count; phase++)
        {
            var before = Before(signals, phase);
            var missing = 0;
            for (var pair = 0; pair < signals.IntergreenSeconds.Length; pair++)
            {
                var (ending, starting) = (pair / signals.Groups.Length, pair % signals.Groups.Length);
                if (signals.IntergreenSeconds[pair] == 0 || signals.Phases[before].Green[starting] || !signals.Phases[phase].Green[starting]
                    || signals.Phases[before].Green[ending] || signals.Phases[phase].Green[ending]) continue;
                if (SinceEnd(signals, ending, phase, starts, cycle) is { } since)
                    missing = Math.Max(missing, signals.IntergreenSeconds[pair] - since);
            }

            if (missing <= 0) continue;
            var interval = signals.DecisionIntervalSeconds;
            var now = starts[phase] - starts[before] + (phase == 0 ? cycle : 0);
            least[before] = Math.Max(least[before], (now + missing + interval - 1) / interval * interval);
            changed = true;
        }

        return changed;
    }

    /// <summary>Seconds from the last end of a group's green to the start of a phase, at the least, since each passage waits for its
    /// decision second; null if it is never green.</summary>
    private static int? SinceEnd(IntersectionSignals signals, int ending, int phase, int[] starts, int cycle)
    {
        var green = starts[phase] + PassageTo(signals, phase);
        var follower = phase;
        for (var step = 0; step < starts.Length; step++)
        {
            var last = Before(signals, follower);
            if (signals.Phases[last].Green[ending])
            {
                var passage = signals.Interphase(PhaseId.OfIndex(last), PhaseId.OfIndex(follower));
                var end = starts[follower] + (PassageRules.GreenUntil(signals, passage, ending) ?? passage.Length);
                var between = starts[phase] - starts[follower] + (follower > phase ? cycle : 0);
                return green - end + (follower > phase ? cycle : 0) - between % signals.DecisionIntervalSeconds;
            }

            follower = last;
        }

        return null;
    }

    private static FixedPlan Plan(ProgramReading program, int cycle, int[] starts) => new(
        cycle,
        program.OffsetSeconds,
        [.. starts.Select((start, k) => new FixedStep(PhaseId.OfIndex(k), (start % cycle + cycle) % cycle)).OrderBy(step => step.InterphaseStart)]);
}
