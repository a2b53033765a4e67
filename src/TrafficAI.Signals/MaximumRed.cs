namespace TrafficAI.Signals;

/// <summary>Keeps every red within its limit: a wish is granted only while all waiting groups could still be served in time after it,
/// the longest waiting first; else the phase that serves the longest waiting is taken instead.</summary>
/// <remarks>Earliest deadline first. Where <see cref="MaximumRedFit"/> has no objection no red exceeds the limit, whatever is wanted: see
/// the properties in the tests. Where it has one, and <c>check</c> refuses the plan, the phases take turns at their minima as long as
/// somebody would be served too late, and a red exceeds the limit by no more than the objection says. Calls come at any moment and may change
/// the phases that a look ahead found to be in time; where they are given, it counts each turn at its longest.</remarks>
internal static class MaximumRed
{
    /// <summary>What may be had instead of <paramref name="choice"/>, or that itself.</summary>
    /// <param name="state">A phase is running, not an interphase.</param>
    /// <param name="calls">Who waits.</param>
    /// <param name="limit">Longest wait in seconds.</param>
    public static PhaseId Choose(SignalTables tables, in StateView state, PhaseId choice, Calls calls, int limit)
    {
        if (IsFarFromLimit(tables, state, calls, limit)) return choice;
        var groups = tables.Groups;
        var round = new RedRound(
            tables, calls, limit, stackalloc long[groups], stackalloc long[groups], stackalloc bool[groups], stackalloc bool[groups],
            stackalloc bool[tables.Phases]);
        round.Begin(state);
        if (round.MostUrgent() < 0) return choice;
        var urgent = round.BestPhase();
        var inTime = calls.Since.IsDefault ? round.IsInTime(state, choice) : round.IsInTimeWhoeverCalls(state, choice);
        return inTime ? choice : urgent;
    }

    /// <summary>Whatever is chosen, a whole round fits before anybody has waited too long. In an interphase, too: what is left of it and the phase after it are part of the round.</summary>
    public static bool IsFarFromLimit(SignalTables tables, in StateView state, Calls calls, int limit)
    {
        for (var group = 0; group < tables.Groups; group++)
        {
            if (state.Lamps[group] != Lamp.Red || !tables.Served[group]) continue;
            var waited = state.LampSeconds[group];
            if (waited + tables.RoundSeconds <= limit) continue;
            if (calls.Of(group) is var call && call != Calls.FromRed)
                waited = call > state.Second ? 0 : (int)Math.Min(waited, state.Second + 1 - call);
            if (waited + tables.RoundSeconds > limit) return false;
        }

        return true;
    }
}
