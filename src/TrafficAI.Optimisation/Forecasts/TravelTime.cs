namespace TrafficAI.Optimisation.Forecasts;

/// <summary>How long vehicles take for a way: a mean that is learned, and a triangle around it.</summary>
/// <param name="seconds">The mean before anybody has been seen; more than 0.</param>
public sealed class TravelTime(double seconds)
{
    private const double Gain = 0.05;

    /// <summary>Of a triangle the mean deviation is a third of its half-width.</summary>
    private const double WidthOfDeviation = 3;

    private const double LeastDeviationSeconds = 1;
    private const double PriorDeviationPart = 0.1;

    private double mean = seconds;
    private double deviation = LeastDeviationSeconds + PriorDeviationPart * seconds;

    public double MeanSeconds => mean;

    /// <summary>Mean deviation from the mean.</summary>
    public double DeviationSeconds => deviation;

    /// <summary>The triangle reaches so far from the mean.</summary>
    public double HalfWidthSeconds => WidthOfDeviation * deviation;

    /// <summary>Probability, per second, that one is under way for just so long.</summary>
    public double Density(double seconds)
    {
        var off = Math.Abs(seconds - mean) / HalfWidthSeconds;
        return off >= 1 ? 0 : (1 - off) / HalfWidthSeconds;
    }

    /// <summary>Probability that one is under way for longer.</summary>
    public double Longer(double seconds)
    {
        var off = Math.Clamp((seconds - mean) / HalfWidthSeconds, -1, 1);
        return off > 0 ? (1 - off) * (1 - off) / 2 : 1 - (1 + off) * (1 + off) / 2;
    }

    /// <summary>Mean time left for one that has been under way for so long; 0 when it should have come at the latest.</summary>
    public double LeftSeconds(double seconds)
    {
        var off = (seconds - mean) / HalfWidthSeconds;
        if (off >= 1) return 0;
        if (off <= -1) return mean - seconds;
        var later = 1.0 / 6 - off * off / 2 + Math.Abs(off) * off * off / 3;
        return mean + HalfWidthSeconds * later / Longer(seconds) - seconds;
    }

    /// <summary>One took so long.</summary>
    public void Learn(double seconds)
    {
        deviation = Math.Max(LeastDeviationSeconds, deviation + Gain * (Math.Abs(seconds - mean) - deviation));
        mean += Gain * (seconds - mean);
    }
}
