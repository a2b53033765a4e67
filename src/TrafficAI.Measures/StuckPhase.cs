using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Finds phases that stay although somebody waits elsewhere.</summary>
internal sealed class StuckPhase
{
    /// <summary>Two cycles of 90 s.</summary>
    private const long StuckAfterSeconds = 180;

    private PhaseId? target;
    private long since;

    /// <param name="lanes">Per stop lane what is seen.</param>
    public void Observe(SignalState shown, LampHistory lamps, LaneSecond[] lanes, Tally tally)
    {
        if (shown.Target != target) (target, since) = (shown.Target, shown.Second);
        if (shown.Second - since < StuckAfterSeconds) return;
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            if (!lanes[lane].Waits || lamps.At(shown.Second, lane) == Light.Green) continue;
            tally.Add(Count.StuckSeconds);
            return;
        }
    }

    public void Break() => target = null;
}
