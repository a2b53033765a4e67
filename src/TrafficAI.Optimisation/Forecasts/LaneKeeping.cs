namespace TrafficAI.Optimisation.Forecasts;

/// <summary>How many of those who come along the links of an intersection reach its stop line on the lane on which they entered the link.</summary>
public sealed class LaneKeeping
{
    private const double PriorVehicles = 5;
    private const double PriorPart = 0.6;
    private const double MemoryVehicles = 400;

    private double counted = PriorVehicles;
    private double kept = PriorVehicles * PriorPart;

    /// <summary>The part that keeps its lane, 0 to 1.</summary>
    public double Part => kept / counted;

    /// <summary>One has come whose lane may have been kept.</summary>
    /// <param name="part">Probability that it came by the link that was thought of, 0 to 1.</param>
    public void Learn(bool isSame, double part)
    {
        counted += part;
        if (isSame) kept += part;
        if (counted <= MemoryVehicles) return;
        counted /= 2;
        kept /= 2;
    }
}
