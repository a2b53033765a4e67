namespace TrafficAI.Signals;

/// <summary>What a countdown board shows. It counts only what is certain: the end of a green and the end of a red within a passage, which is never broken off. So it begins late and keeps its word,
/// whatever the strategy; only a fault or a power cut can break it. The programme of an intersection with a single phase is not counted.</summary>
public static class Countdown
{
    /// <param name="state">What is shown.</param>
    /// <param name="group">Index of the signal group.</param>
    /// <returns>Seconds, this one included, for which the group is still green, or still not green: 1 in the last of them. Null where the board is dark: none is there, nothing is certain yet, or
    /// more than <see cref="SignalGroup.CountdownSeconds"/> of green are left.</returns>
    public static int? SecondsLeft(IntersectionSignals signals, SignalState state, int group)
    {
        var longest = signals.Groups[group].CountdownSeconds;
        if (longest == 0 || state.Next is not { } next || next == state.Phase) return null;
        var passage = signals.Interphase(state.Phase, next);
        var shown = state.Elapsed - 1;
        if (!state.Lamps[group].IsGreen()) return PassageRules.GreenFrom(signals, passage, group, shown) - shown;
        var left = PassageRules.GreenUntil(signals, passage, group) - shown;
        return left <= longest ? left : null;
    }
}
