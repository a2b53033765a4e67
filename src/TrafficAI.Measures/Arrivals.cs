namespace TrafficAI.Measures;

/// <summary>Counts arrivals by what they found.</summary>
internal static class Arrivals
{
    public static void Count(Tally tally, int lane, Light light)
    {
        if (light == Light.None) return;
        tally.Add(light switch { Light.Green => LaneCount.OnGreen, Light.Yellow => LaneCount.OnYellow, _ => LaneCount.OnRed }, lane);
    }
}
