using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Questions about what the lamps let a lane do.</summary>
internal static class Lights
{
    /// <summary>Bit k: movement k of the lane has green, or the amber after it.</summary>
    public static uint Open(IntersectionModel model, LaneModel lane, SignalState signals)
    {
        var open = 0u;
        for (var k = 0; k < lane.Movements.Length; k++)
        {
            var lamp = signals.Lamps[model.Movements[lane.Movements[k]].Group];
            if (lamp.IsGreen() || lamp == Lamp.Amber) open |= 1u << k;
        }

        return open;
    }

    /// <summary>Whoever leaves the lane now yields to nobody.</summary>
    public static bool IsUnopposed(IntersectionModel model, LaneModel lane, SignalState signals)
    {
        if (signals.Next is not null) return false;
        foreach (var m in lane.Movements)
        {
            if (!model.IsUnopposed(signals.Phase, m)) return false;
        }

        return true;
    }

    /// <summary>Seconds that the movement has had green; 0 without it.</summary>
    public static int GreenSeconds(Movement movement, SignalState signals) =>
        signals.Lamps[movement.Group].IsGreen() ? signals.LampSeconds[movement.Group] : 0;

    /// <summary>The longest green that any movement of the lane is having; 0 where all are red.</summary>
    public static int GreenSeconds(IntersectionModel model, LaneModel lane, SignalState signals)
    {
        var longest = 0;
        foreach (var m in lane.Movements) longest = Math.Max(longest, GreenSeconds(model.Movements[m], signals));
        return longest;
    }
}
