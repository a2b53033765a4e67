using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Watches whether a countdown board keeps its word: the light changes in the second that the board named first, no sooner and no later.</summary>
internal sealed class CountdownWatch(IntersectionSignals signals, int group)
{
    private (long End, bool IsGreen)? promise;

    /// <summary>Takes the next second.</summary>
    public void Observe(SignalState shown, Tally tally)
    {
        var isGreen = shown.Lamps[group].IsGreen();
        var left = Countdown.SecondsLeft(signals, shown, group);
        if (promise is { } made && IsOver(made, shown.Second, isGreen, left, out var kept))
        {
            if (!kept) tally.Add(GroupCount.BrokenPromises, group);
            promise = null;
        }

        if (promise is not null || left is not { } seconds) return;
        promise = (shown.Second + seconds, isGreen);
        tally.Add(GroupCount.Promises, group);
    }

    /// <summary>Seconds are missing: what was promised is not known any more.</summary>
    public void Break() => promise = null;

    private static bool IsOver((long End, bool IsGreen) made, long second, bool isGreen, int? left, out bool kept)
    {
        var isOnTime = second >= made.End;
        var hasChanged = isGreen != made.IsGreen;
        var saysOtherwise = !hasChanged && left is { } seconds && second + seconds != made.End;
        kept = isOnTime && hasChanged;
        return isOnTime || hasChanged || saysOtherwise;
    }
}
