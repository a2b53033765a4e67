using TrafficAI.Signals;

namespace TrafficAI.Measures.EventLists;

/// <summary>Makes pulses of what a loop says of each second: as many as it counted, and as long together as it was occupied.</summary>
internal sealed class LoopPulses
{
    /// <summary>In ms: a vehicle that was counted lies on the loop.</summary>
    private const int ShortestPulse = 2;

    private bool isOn;

    /// <param name="at">When the second begins, in ms.</param>
    /// <param name="add">Takes time and whether the loop goes on.</param>
    public void Take(long at, LoopReading reading, Action<long, bool> add)
    {
        var (count, occupied) = ((int)reading.Count, (int)reading.OccupancyPermille);
        if (occupied == 0 && count == 0)
        {
            if (isOn) Set(at, false, add);
            return;
        }

        if (count == 0)
        {
            if (isOn && occupied < 1000) Set(at + occupied, false, add);
            return;
        }

        // Whoever was on it goes first; the last who came may stay.
        var pulses = count + (isOn ? 1 : 0);
        occupied = Math.Max(occupied, pulses * ShortestPulse);
        var (pulse, gap) = (occupied / pulses, (1000 - Math.Min(1000, occupied)) / count);
        var now = at;
        for (var i = 0; i < count; i++)
        {
            if (isOn) Set(now += pulse, false, add);
            Set(now += gap, true, add);
        }
    }

    private void Set(long at, bool on, Action<long, bool> add)
    {
        isOn = on;
        add(at, on);
    }
}
