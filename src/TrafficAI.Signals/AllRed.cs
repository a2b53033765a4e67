namespace TrafficAI.Signals;

/// <summary>The second of an interphase that may be lengthened: the last one in which every group is red, but for those that are green all the way; somebody has ended before it.</summary>
/// <param name="Second">Counted from 1, as <see cref="SignalState.Elapsed"/>; 0 where the interphase has none.</param>
/// <param name="Group">A group that has ended in the interphase: the age of its red tells by how much the second has been lengthened.</param>
/// <param name="RedSeconds">The age of that red when the second is shown first.</param>
internal readonly record struct AllRed(int Second, int Group, int RedSeconds)
{
    public static AllRed Of(IntersectionSignals signals, Interphase passage)
    {
        for (var second = passage.Length; second > 0; second--)
        {
            if (!IsAllRed(signals, passage, second)) continue;
            for (var group = 0; group < signals.Groups.Length; group++)
            {
                if (signals.Phase(passage.From).Green[group] && passage.Seconds[second - 1].Lamps[group] == Lamp.Red)
                    return new(second, group, RedSecondsAt(passage, second, group));
            }

            return default;
        }

        return default;
    }

    private static bool IsAllRed(IntersectionSignals signals, Interphase passage, int second)
    {
        var lamps = passage.Seconds[second - 1].Lamps;
        for (var group = 0; group < lamps.Length; group++)
        {
            var stays = lamps[group] == Lamp.Green && signals.Phase(passage.From).Green[group] && signals.Phase(passage.To).Green[group];
            if (!stays && lamps[group] != Lamp.Red) return false;
        }

        return true;
    }

    private static int RedSecondsAt(Interphase passage, int second, int group)
    {
        var first = second;
        while (first > 1 && passage.Seconds[first - 2].Lamps[group] == Lamp.Red) first--;
        return second - first + 1;
    }
}
