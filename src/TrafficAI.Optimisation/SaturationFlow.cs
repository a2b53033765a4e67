namespace TrafficAI.Optimisation;

/// <summary>Learns how fast the queue of each lane leaves: the headway of vehicles that have stood, while they yield to no vehicle.</summary>
/// <remarks>Discharge headways as in the Highway Capacity Manual, but of all places of the queue: queues between lights are short, and their
/// first vehicles are slower. A mean within bounds that each headway moves by a small part. A long gap (a blocked exit, a gap in the queue)
/// is no headway, and ends the queue.</remarks>
public sealed class SaturationFlow
{
    private const double Gain = 0.05;
    private const double LeastSeconds = 1.4;
    private const double MostSeconds = 3.0;
    private const double LongestGapSeconds = 4.5;
    private const int QueueEnded = -1;

    /// <summary>Of single headways before any has been seen, in s².</summary>
    private const double PriorVariance = 0.25;

    private readonly double[] headways;
    private readonly double[] variances;

    /// <summary>Per lane: vehicles of the queue that have crossed; <see cref="QueueEnded"/> until the next green.</summary>
    private readonly int[] place;
    private readonly double[] last;

    private readonly bool learns;

    /// <param name="learns">Otherwise all lanes keep the standard headway.</param>
    public SaturationFlow(IntersectionModel model, bool learns = true)
    {
        this.learns = learns;
        headways = new double[model.Lanes.Length];
        variances = new double[model.Lanes.Length];
        Array.Fill(variances, PriorVariance);
        place = new int[model.Lanes.Length];
        last = new double[model.Lanes.Length];
        Array.Fill(headways, DischargeRates.HeadwaySeconds);
        Array.Fill(last, double.NegativeInfinity);
    }

    /// <summary>Mean headway of a queue that leaves, in seconds.</summary>
    public double HeadwaySeconds(int lane) => headways[lane];

    /// <summary>Standard deviation of single headways, in seconds.</summary>
    public double DeviationSeconds(int lane) => Math.Sqrt(variances[lane]);

    /// <summary>The lane has no green, or must yield: its queue begins anew.</summary>
    public void Halt(int lane) => place[lane] = 0;

    /// <summary>A vehicle crossed the stop line with green and no vehicle to yield to.</summary>
    /// <param name="at">Street second, with its fraction.</param>
    /// <param name="stood">It had to stand.</param>
    public void Crossed(int lane, double at, bool stood)
    {
        if (!learns) return;
        var gap = at - last[lane];
        last[lane] = at;
        if (place[lane] == QueueEnded) return;
        if (!stood || (place[lane] > 0 && gap > LongestGapSeconds))
        {
            place[lane] = QueueEnded;
            return;
        }

        if (++place[lane] == 1) return;
        var sample = Math.Clamp(gap, LeastSeconds, MostSeconds);
        var off = sample - headways[lane];
        headways[lane] += Gain * off;
        variances[lane] = (1 - Gain) * (variances[lane] + Gain * off * off);
    }
}
