namespace TrafficAI.Measures;

/// <summary>Watches one stop lane through its greens and reds.</summary>
/// <remarks>A cycle is a green with the red after it. It fails when the stop line was occupied for more than 79 % of the green and for more than 79 % of the first 5 s of red (UDOT ATSPM 5,
/// CycleSplitFail; 5 s as Oregon DOT has them).</remarks>
internal sealed class LaneWatch(int lane)
{
    private const int RedSeconds = 5;
    private const int FailurePermille = 790;

    private Light before;
    private bool hasGreen;
    private long greens;
    private long greenOccupied;
    private int reds;
    private long redOccupied;
    private long waitsSince = long.MinValue;

    /// <summary>Takes the next second.</summary>
    public void Observe(long second, Light light, in LaneSecond seen, Tally tally)
    {
        tally.Add(LaneCount.Crossed, lane, seen.Crossed);
        tally.Add(LaneCount.StandingSeconds, lane, seen.Standing);
        tally.Most(LaneCount.QueueMost, lane, seen.Standing);
        if (light != Light.None) tally.Add(LaneCount.SignalSeconds, lane);
        if (light == Light.Green) Go(second, seen, tally);
        else if (light == Light.Red) Halt(second, seen, tally);
        else if (light == Light.None) Break();
        before = light;
    }

    /// <summary>Seconds are missing, or the lamps say nothing: the cycle that runs does not count.</summary>
    public void Break()
    {
        before = Light.None;
        hasGreen = false;
        reds = 0;
        waitsSince = long.MinValue;
    }

    private void Go(long second, in LaneSecond seen, Tally tally)
    {
        tally.Add(LaneCount.GreenSeconds, lane);
        tally.Add(LaneCount.CrossedOnGreen, lane, seen.Crossed);
        if (before != Light.Green)
        {
            if (hasGreen && reds > 0) Judge(tally);
            hasGreen = before != Light.None;
            (greens, greenOccupied, reds, redOccupied) = (0, 0, 0, 0);
            Serve(second, tally);
        }

        greens++;
        greenOccupied += seen.OccupiedPermille;
    }

    private void Serve(long second, Tally tally)
    {
        if (waitsSince == long.MinValue) return;
        tally.Add(LaneCount.Waits, lane);
        tally.Add(LaneCount.WaitSeconds, lane, second - waitsSince);
        tally.Most(LaneCount.WaitMost, lane, second - waitsSince);
        waitsSince = long.MinValue;
    }

    private void Halt(long second, in LaneSecond seen, Tally tally)
    {
        if (seen.Waits && waitsSince == long.MinValue) waitsSince = second;
        if (!hasGreen) return;
        reds++;
        redOccupied += seen.OccupiedPermille;
        if (reds == RedSeconds) Judge(tally);
    }

    private void Judge(Tally tally)
    {
        tally.Add(LaneCount.Cycles, lane);
        if (greenOccupied > FailurePermille * greens && redOccupied > FailurePermille * reds) tally.Add(LaneCount.SplitFailures, lane);
        hasGreen = false;
    }
}
