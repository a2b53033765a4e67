namespace TrafficAI.Measures;

/// <summary>The counts of one intersection over some seconds. Sums of tallies are exact, in whatever order they are made.</summary>
internal sealed class Tally
{
    private readonly long[] whole = new long[(int)Count.Length];
    private readonly long[] lanes;
    private readonly long[] approaches;
    private readonly long[] groups;
    private readonly long[] movements;
    private readonly long[] exits;
    private readonly SortedDictionary<(int Lane, int DecimetresPerSecond), long> speeds = [];

    public Tally(IntersectionLayout layout)
    {
        lanes = new long[layout.Lanes.Length * (int)LaneCount.Length];
        approaches = new long[layout.Approaches.Length * (int)ApproachCount.Length];
        groups = new long[layout.Groups.Length * (int)GroupCount.Length];
        movements = new long[layout.Movements.Length];
        exits = new long[layout.Exits.Length];
    }

    public long this[Count what] => whole[(int)what];

    public long this[LaneCount what, int lane] => lanes[lane * (int)LaneCount.Length + (int)what];

    public long this[ApproachCount what, int approach] => approaches[approach * (int)ApproachCount.Length + (int)what];

    public long this[GroupCount what, int group] => groups[group * (int)GroupCount.Length + (int)what];

    public long Turned(int movement) => movements[movement];

    public long BlockedSeconds(int exit) => exits[exit];

    /// <summary>Vehicles of a lane by their speed, the slowest first.</summary>
    public IEnumerable<(int DecimetresPerSecond, long Vehicles)> Speeds(int lane) => speeds.Where(one => one.Key.Lane == lane).Select(one => (one.Key.DecimetresPerSecond, one.Value));

    public void Speed(int lane, int decimetresPerSecond) => Speed(lane, decimetresPerSecond, 1);

    public void Add(Count what, long value = 1) => whole[(int)what] += value;

    public void Add(LaneCount what, int lane, long value = 1) => lanes[lane * (int)LaneCount.Length + (int)what] += value;

    public void Add(ApproachCount what, int approach, long value = 1) => approaches[approach * (int)ApproachCount.Length + (int)what] += value;

    public void Add(GroupCount what, int group, long value = 1) => groups[group * (int)GroupCount.Length + (int)what] += value;

    public void Turn(int movement) => movements[movement]++;

    public void Block(int exit) => exits[exit]++;

    public void Most(LaneCount what, int lane, long value) => Raise(ref lanes[lane * (int)LaneCount.Length + (int)what], value);

    public void Most(ApproachCount what, int approach, long value) => Raise(ref approaches[approach * (int)ApproachCount.Length + (int)what], value);

    public void Most(GroupCount what, int group, long value) => Raise(ref groups[group * (int)GroupCount.Length + (int)what], value);

    /// <summary>Adds all of another tally of the same intersection.</summary>
    public void Add(Tally other)
    {
        Join(whole, other.whole, _ => false, 1);
        Join(lanes, other.lanes, i => (LaneCount)i is LaneCount.WaitMost or LaneCount.QueueMost, (int)LaneCount.Length);
        Join(approaches, other.approaches, i => (ApproachCount)i is ApproachCount.StandingMost or ApproachCount.BackMostDecimetres, (int)ApproachCount.Length);
        Join(groups, other.groups, i => (GroupCount)i is GroupCount.SplitMost, (int)GroupCount.Length);
        Join(movements, other.movements, _ => false, 1);
        Join(exits, other.exits, _ => false, 1);
        foreach (var (at, vehicles) in other.speeds) Speed(at.Lane, at.DecimetresPerSecond, vehicles);
    }

    private void Speed(int lane, int decimetresPerSecond, long vehicles) =>
        speeds[(lane, decimetresPerSecond)] = speeds.GetValueOrDefault((lane, decimetresPerSecond)) + vehicles;

    private static void Join(long[] to, long[] from, Func<int, bool> isMost, int period)
    {
        for (var i = 0; i < to.Length; i++)
        {
            if (isMost(i % period)) Raise(ref to[i], from[i]);
            else to[i] += from[i];
        }
    }

    private static void Raise(ref long most, long value) => most = Math.Max(most, value);
}
