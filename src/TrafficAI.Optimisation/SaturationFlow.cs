namespace TrafficAI.Optimisation;

/// <summary>Learns how fast the queue of each lane leaves: the headway of vehicles that have stood, under protected green.</summary>
/// <remarks>The first vehicles of a queue are slower since they have still to gain speed: what <see cref="DischargeRates.SpeedingUpSeconds"/>
/// adds is taken off before a headway counts. A long gap is no saturation flow (a blocked exit, a gap in the queue) and ends the
/// queue. Each headway moves the mean by a small part, within bounds.</remarks>
public sealed class SaturationFlow
{
    private const double Gain = 0.05;
    private const double LeastSeconds = 1.4;
    private const double MostSeconds = 3.0;
    private const double LongestGapSeconds = 4.5;

    private readonly double[] headways;
    private readonly int[] place;
    private readonly double[] last;

    public SaturationFlow(IntersectionModel model)
    {
        headways = new double[model.Lanes.Length];
        place = new int[model.Lanes.Length];
        last = new double[model.Lanes.Length];
        Array.Fill(headways, DischargeRates.HeadwaySeconds);
        Array.Fill(last, double.NegativeInfinity);
    }

    /// <summary>Mean headway of a queue that leaves, in seconds.</summary>
    public double HeadwaySeconds(int lane) => headways[lane];

    /// <summary>The lane has no green, or must yield: its queue begins anew.</summary>
    public void Halt(int lane) => place[lane] = 0;

    /// <summary>A vehicle crossed the stop line under protected green.</summary>
    /// <param name="at">Street second, with its fraction.</param>
    /// <param name="stood">It had to stand.</param>
    public void Crossed(int lane, double at, bool stood)
    {
        var gap = at - last[lane];
        last[lane] = at;
        if (!stood || (place[lane] > 0 && gap > LongestGapSeconds))
        {
            place[lane] = int.MinValue / 2;
            return;
        }

        if (place[lane]++ < 1) return;
        var sample = Math.Clamp(gap - DischargeRates.SpeedingUp(place[lane] - 1), LeastSeconds, MostSeconds);
        headways[lane] += Gain * (sample - headways[lane]);
    }
}
