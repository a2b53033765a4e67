using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Tallies added up over lanes, groups, bins and intersections: whatever a figure is of.</summary>
internal sealed class Totals
{
    private readonly long[] lanes = new long[(int)LaneCount.Length];
    private readonly long[] approaches = new long[(int)ApproachCount.Length];
    private readonly long[] groups = new long[(int)GroupCount.Length];
    private readonly long[] whole = new long[(int)Count.Length];
    private readonly SortedDictionary<int, long> speeds = [];

    /// <summary>Seconds of the window, of all intersections together.</summary>
    public long WindowSeconds { get; private set; }

    /// <summary>Some lane has a detector of its own, or its vehicles are tracked.</summary>
    public bool HasDetectors { get; private set; }

    public long this[LaneCount what] => lanes[(int)what];

    public long this[ApproachCount what] => approaches[(int)what];

    public long this[GroupCount what] => groups[(int)what];

    public long this[Count what] => whole[(int)what];

    /// <summary>The speed that so many of a hundred vehicles did not exceed, in dm/s: that of the vehicle whose rank among n, the slowest first, is the least whole number from share × n on.</summary>
    /// <param name="percent">1 to 100.</param>
    /// <returns>0 where there is no vehicle.</returns>
    public int SpeedNotExceededBy(int percent)
    {
        var rank = (percent * this[LaneCount.Speeds] + 99) / 100;
        foreach (var (speed, vehicles) in speeds)
        {
            rank -= vehicles;
            if (rank <= 0) return speed;
        }

        return 0;
    }

    public void AddWhole(IntersectionLayout layout, Tally tally, long seconds)
    {
        AddSeconds(tally, seconds);
        foreach (var lane in layout.Lanes) Add(lane, tally);
        foreach (var approach in layout.Approaches) Add(approach, tally);
        foreach (var group in layout.Groups) Add(group, tally);
    }

    /// <summary>The seconds with frames, and what is counted of an intersection alone.</summary>
    public void AddSeconds(Tally tally, long seconds)
    {
        WindowSeconds += seconds;
        for (var i = 0; i < whole.Length; i++) whole[i] += tally[(Count)i];
    }

    public void Add(MeasuredLane lane, Tally tally)
    {
        HasDetectors |= lane.StopDetector >= 0 || lane.AdvanceDetector >= 0 || tally[Count.TrackedSeconds] > 0;
        for (var i = 0; i < lanes.Length; i++) Join(ref lanes[i], tally[(LaneCount)i, lane.Index], (LaneCount)i is LaneCount.WaitMost or LaneCount.QueueMost);
        foreach (var (speed, vehicles) in tally.Speeds(lane.Index)) speeds[speed] = speeds.GetValueOrDefault(speed) + vehicles;
    }

    public void Add(MeasuredApproach approach, Tally tally)
    {
        for (var i = 0; i < approaches.Length; i++)
            Join(ref approaches[i], tally[(ApproachCount)i, approach.Index], (ApproachCount)i is ApproachCount.StandingMost or ApproachCount.BackMostDecimetres);
    }

    /// <summary>Walking groups have no splits here, since a split is the time of vehicles.</summary>
    public void Add(MeasuredGroup group, Tally tally)
    {
        for (var i = 0; i < groups.Length; i++)
        {
            if (group.Kind == GroupKind.Pedestrian && (GroupCount)i is >= GroupCount.Splits and <= GroupCount.ByOptimiser) continue;
            Join(ref groups[i], tally[(GroupCount)i, group.Index], (GroupCount)i is GroupCount.SplitMost);
        }
    }

    private static void Join(ref long to, long value, bool isMost) => to = isMost ? Math.Max(to, value) : to + value;
}
