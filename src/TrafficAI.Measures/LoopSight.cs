using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Reads stop and advance loops: who came, who waits.</summary>
/// <remarks>A vehicle comes to the stop line as long after the advance loop as it takes at the speed limit. Its delay is the time from then to the next green, 0 on green: what the
/// reference calls approach delay.</remarks>
internal sealed class LoopSight(IntersectionLayout layout, LampHistory lamps)
{
    private const int WaitingPermille = 900;

    private readonly List<long>[] due = [.. layout.Lanes.Select(_ => new List<long>())];
    private readonly List<long>[] waiting = [.. layout.Lanes.Select(_ => new List<long>())];

    /// <param name="lanes">Filled in, per stop lane.</param>
    /// <param name="arrivals">Added to.</param>
    public void Observe(Frame frame, Tally tally, LaneSecond[] lanes, List<Arrival> arrivals)
    {
        var second = frame.Signals.Second;
        foreach (var lane in layout.Lanes)
        {
            if (lane.AdvanceDetector >= 0) Arrive(lane, second, frame.Readings.Loops[lane.AdvanceDetector].Count, tally, lanes, arrivals);
            ref var at = ref lanes[lane.Index];
            if (lane.CountDetector >= 0) at.Crossed = frame.Readings.Loops[lane.CountDetector].Count;
            if (lane.StopDetector < 0) continue;
            var stop = frame.Readings.Loops[lane.StopDetector];
            at.OccupiedPermille = layout.HasShortLoops && stop.OccupancyPermille > 0 ? 1000 : stop.OccupancyPermille;
            at.Waits = stop.OccupancyPermille >= WaitingPermille;
        }
    }

    /// <summary>Frames are missing: who was on the way is not known any more.</summary>
    public void Break()
    {
        foreach (var lane in due) lane.Clear();
        foreach (var lane in waiting) lane.Clear();
    }

    private void Arrive(MeasuredLane lane, long second, int came, Tally tally, LaneSecond[] lanes, List<Arrival> arrivals)
    {
        for (var i = 0; i < came; i++) due[lane.Index].Add(second * 1000 + 1000L * (2 * i + 1) / (2 * came) + lane.AdvanceMilliseconds);
        while (due[lane.Index] is [var first, ..] && first < (second + 1) * 1000)
        {
            due[lane.Index].RemoveAt(0);
            var light = lamps.At(first / 1000, lane.Index);
            arrivals.Add(new(lane.Index, first, light));
            lanes[lane.Index].Arrived++;
            Arrivals.Count(tally, lane.Index, light);
            if (light == Light.Green) tally.Add(LaneCount.Delayed, lane.Index);
            else if (light != Light.None) waiting[lane.Index].Add(first);
        }

        if (lamps.At(second, lane.Index) != Light.Green) return;
        foreach (var since in waiting[lane.Index])
        {
            tally.Add(LaneCount.Delayed, lane.Index);
            tally.Add(LaneCount.DelayMilliseconds, lane.Index, Math.Max(0, second * 1000 - since));
        }

        waiting[lane.Index].Clear();
    }
}
