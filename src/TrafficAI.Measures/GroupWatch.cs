using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Watches one signal group: its splits, what pedestrians wait, and whether it keeps what flashing green promises.</summary>
internal sealed class GroupWatch(MeasuredGroup group)
{
    private Lamp before = Lamp.Dark;
    private long greenSince = long.MinValue;
    private long greenEnd = long.MinValue;
    private long walkSince = long.MinValue;
    private long walkEnd = long.MinValue;
    private long flashSince = long.MinValue;
    private long calledSince = long.MinValue;

    /// <summary>Takes the next second.</summary>
    /// <param name="isLocal">The controller runs its own plan: it ends greens at their time.</param>
    public void Observe(long second, Lamp lamp, bool isLocal, Tally tally)
    {
        if (isLocal && before.IsGreen() && !lamp.IsGreen()) tally.Add(GroupCount.ForceOffs, group.Index);
        if (lamp != before) Change(second, lamp, tally);
        before = lamp;
    }

    /// <summary>Somebody has pushed the button.</summary>
    public void Call(long second)
    {
        if (before != Lamp.Green && calledSince == long.MinValue) calledSince = second;
    }

    /// <summary>Seconds are missing: what runs does not count.</summary>
    public void Break()
    {
        before = Lamp.Dark;
        (greenSince, greenEnd, walkSince, walkEnd) = (long.MinValue, long.MinValue, long.MinValue, long.MinValue);
        (flashSince, calledSince) = (long.MinValue, long.MinValue);
    }

    private void Change(long second, Lamp lamp, Tally tally)
    {
        Promise(second, lamp, tally);
        if (group.Kind == GroupKind.Pedestrian) Walk(second, lamp, tally);
        if (lamp.IsGreen() && !before.IsGreen()) greenSince = before == Lamp.Dark ? long.MinValue : second;
        if (!lamp.IsGreen() && before.IsGreen()) greenEnd = second;
        if (!lamp.IsGreen() && lamp != Lamp.Amber && greenSince != long.MinValue) EndSplit(second, tally);
    }

    /// <summary>A split is the green and the amber after it.</summary>
    private void EndSplit(long second, Tally tally)
    {
        tally.Add(GroupCount.Splits, group.Index);
        tally.Add(GroupCount.SplitSeconds, group.Index, second - greenSince);
        tally.Most(GroupCount.SplitMost, group.Index, second - greenSince);
        tally.Add(GroupCount.SplitGreenSeconds, group.Index, greenEnd - greenSince);
        greenSince = long.MinValue;
    }

    /// <summary>Who comes at a random moment of a cycle waits its red² / (2 × cycle) in the mean.</summary>
    private void Walk(long second, Lamp lamp, Tally tally)
    {
        if (before == Lamp.Green) walkEnd = second;
        if (lamp != Lamp.Green) return;
        if (calledSince != long.MinValue)
        {
            tally.Add(GroupCount.PedestrianCalls, group.Index);
            tally.Add(GroupCount.PedestrianWaitSeconds, group.Index, second - calledSince);
            calledSince = long.MinValue;
        }

        if (walkSince != long.MinValue)
        {
            tally.Add(GroupCount.WalkCycleSeconds, group.Index, second - walkSince);
            tally.Add(GroupCount.WaitSquares, group.Index, (second - walkEnd) * (second - walkEnd));
        }

        walkSince = before == Lamp.Dark ? long.MinValue : second;
    }

    /// <summary>Who sees green flash relies on how long it flashes; a countdown board shows it.</summary>
    private void Promise(long second, Lamp lamp, Tally tally)
    {
        if (group.FlashingGreenSeconds == 0) return;
        if (before == Lamp.FlashingGreen && flashSince != long.MinValue)
        {
            tally.Add(GroupCount.Promises, group.Index);
            if (lamp == Lamp.Green || second - flashSince != group.FlashingGreenSeconds) tally.Add(GroupCount.BrokenPromises, group.Index);
        }

        flashSince = lamp == Lamp.FlashingGreen && before != Lamp.Dark ? second : long.MinValue;
    }
}
