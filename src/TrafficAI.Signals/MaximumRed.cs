namespace TrafficAI.Signals;

/// <summary>Keeps every red within its limit: a wish is granted only while all waiting groups could still be served in time after it,
/// the longest waiting first; else the phase that serves the longest waiting is taken instead.</summary>
/// <remarks>Earliest deadline first. As long as one round over all phases fits into the limit, no red exceeds it, whatever is
/// wanted: see the property in the tests. Where a round does not fit, the phases take turns at their minima.</remarks>
internal static class MaximumRed
{
    /// <summary>What may be had instead of <paramref name="choice"/>, or that itself.</summary>
    /// <param name="state">A phase is running, not an interphase.</param>
    /// <param name="limit">Longest red in seconds.</param>
    public static PhaseId Choose(IntersectionSignals signals, SignalState state, PhaseId choice, int limit)
    {
        var groups = signals.Groups.Length;
        var round = new Round(
            signals, state, limit, stackalloc long[groups], stackalloc bool[groups], stackalloc bool[groups], stackalloc bool[signals.Phases.Length]);
        if (round.MostUrgent() < 0) return choice;
        var urgent = round.BestPhase();
        return round.IsInTime(state, choice) ? choice : urgent;
    }

    /// <summary>A look ahead: the waiting groups are served in the order of their deadlines, just as they will be if nothing but this
    /// rule chooses; those that begin to wait on the way have their say in the choice of phases too.</summary>
    private ref struct Round
    {
        private readonly IntersectionSignals signals;
        private readonly int limit;

        /// <summary>Per group the second at which its red began.</summary>
        private readonly Span<long> redSince;

        /// <summary>Per group: red and served by some phase.</summary>
        private readonly Span<bool> waits;

        /// <summary>Per group: it waits since before the look ahead.</summary>
        private readonly Span<bool> due;
        private readonly Span<bool> candidates;
        private PhaseId phase;

        /// <summary>First second at which the phase may be left.</summary>
        private long free;

        public Round(
            IntersectionSignals signals, SignalState state, int limit, Span<long> redSince, Span<bool> waits, Span<bool> due, Span<bool> candidates)
        {
            this.signals = signals;
            this.limit = limit;
            this.redSince = redSince;
            this.waits = waits;
            this.due = due;
            this.candidates = candidates;
            phase = state.Phase;
            for (var group = 0; group < redSince.Length; group++)
            {
                var red = state.Lamps[group] == Lamp.Red;
                redSince[group] = red ? state.Second + 1 - state.LampSeconds[group] : long.MaxValue;
                waits[group] = due[group] = red && IsServed(group);
            }
        }

        /// <summary>The group that has waited longest, the first of them; −1 if none waits.</summary>
        public readonly int MostUrgent()
        {
            var urgent = -1;
            for (var group = 0; group < waits.Length; group++)
                if (waits[group] && (urgent < 0 || redSince[group] < redSince[urgent])) urgent = group;
            return urgent;
        }

        /// <summary>The phase that serves the most urgent group, of those the next urgent one if any can, and so on; then the one with
        /// the shortest passage, then the first.</summary>
        public readonly PhaseId BestPhase()
        {
            candidates.Fill(true);
            candidates[phase.Index] = false;
            var after = long.MinValue;
            for (var group = NextUrgent(ref after, -1); group >= 0; group = NextUrgent(ref after, group)) KeepThoseThatServe(group);
            var best = -1;
            for (var p = 0; p < candidates.Length; p++)
                if (candidates[p] && (best < 0 || PassageTo(p) < PassageTo(best))) best = p;
            return PhaseId.OfIndex(best);
        }

        /// <summary>Whether everybody who waits is served in time if the choice is granted for the coming second.</summary>
        public bool IsInTime(SignalState state, PhaseId choice)
        {
            var next = state.Second + 1;
            free = next + Math.Max(1, signals.Phase(phase).MinimumSeconds - state.Elapsed);
            for (var group = 0; group < waits.Length; group++)
                if (state.Lamps[group].IsGreen())
                    free = Math.Max(free, next + signals.Groups[group].MinimumGreenSeconds - state.LampSeconds[group]);
            if (choice != state.Phase && SignalDecider.AtInterval(signals, next) == next
                && PassageRules.Missing(signals, state, choice, out _) == 0)
            {
                free = next;
                if (!Serve(choice)) return false;
            }

            while (due.Contains(true))
                if (!Serve(BestPhase())) return false;
            return true;
        }

        /// <summary>Goes to a phase as soon as it may.</summary>
        /// <returns>Nobody that it serves has waited too long.</returns>
        private bool Serve(PhaseId to)
        {
            var passage = signals.Interphase(phase, to);
            var leave = SignalDecider.AtInterval(signals, Math.Max(free, ClearedFor(to, passage)));
            var start = leave + passage.Length;
            var service = signals.Phase(to).MinimumSeconds;
            var inTime = true;
            for (var group = 0; group < waits.Length; group++)
            {
                if (!signals.Phase(to).Green[group])
                {
                    if (!signals.Phase(phase).Green[group]) continue;
                    redSince[group] = leave + (PassageRules.GreenUntil(signals, passage, group) ?? 0) + signals.Groups[group].AmberSeconds;
                    waits[group] = true;
                    continue;
                }

                if (due[group] && start - redSince[group] > limit) inTime = false;
                if (redSince[group] != long.MaxValue) service = Math.Max(service, signals.Groups[group].MinimumGreenSeconds);
                waits[group] = due[group] = false;
                redSince[group] = long.MaxValue;
            }

            (phase, free) = (to, start + service);
            return inTime;
        }

        /// <summary>The first second at which the passage may begin, for all groups that ended in earlier passages.</summary>
        private readonly long ClearedFor(PhaseId to, Interphase passage)
        {
            var cleared = long.MinValue;
            for (var starting = 0; starting < waits.Length; starting++)
            {
                if (!signals.Phase(to).Green[starting] || signals.Phase(phase).Green[starting]) continue;
                for (var foe = 0; foe < waits.Length; foe++)
                {
                    var intergreen = signals.Intergreen(foe, starting);
                    if (intergreen > 0 && redSince[foe] != long.MaxValue)
                        cleared = Math.Max(cleared, redSince[foe] - signals.Groups[foe].AmberSeconds + intergreen - passage.Length);
                }
            }

            return cleared;
        }

        /// <summary>The next waiting group in the order of deadlines, ties in the order of the groups; −1 after the last.</summary>
        private readonly int NextUrgent(ref long since, int after)
        {
            var next = -1;
            for (var group = 0; group < waits.Length; group++)
            {
                if (!waits[group] || redSince[group] < since || (redSince[group] == since && group <= after)) continue;
                if (next < 0 || redSince[group] < redSince[next]) next = group;
            }

            if (next >= 0) since = redSince[next];
            return next;
        }

        private readonly void KeepThoseThatServe(int group)
        {
            var any = false;
            for (var p = 0; p < candidates.Length; p++) any |= candidates[p] && signals.Phases[p].Green[group];
            if (!any) return;
            for (var p = 0; p < candidates.Length; p++) candidates[p] &= signals.Phases[p].Green[group];
        }

        private readonly int PassageTo(int to) => signals.Interphase(phase, PhaseId.OfIndex(to)).Length;

        private readonly bool IsServed(int group)
        {
            foreach (var p in signals.Phases)
                if (p.Green[group]) return true;
            return false;
        }
    }
}
