namespace TrafficAI.Optimisation.Plans;

/// <summary>Mean delay of a vehicle at a fixed-time signal.</summary>
public static class SignalDelay
{
    /// <summary>Control delay of a lane in s per vehicle, over capacity too.</summary>
    /// <param name="cycle">Seconds; more than 0.</param>
    /// <param name="greenRatio">Effective green / cycle, 0 to 1.</param>
    /// <param name="saturation">Demand / capacity; 0 or more.</param>
    /// <param name="capacity">Vehicles per hour; more than 0.</param>
    /// <param name="periodHours">How long the demand lasts; more than 0.</param>
    /// <remarks>Highway Capacity Manual 2000, equations 16-11 and 16-12, random arrivals (progression 1, k = 0.5, I = 1), no queue at the beginning.</remarks>
    public static double Seconds(double cycle, double greenRatio, double saturation, double capacity, double periodHours = 0.25)
    {
        var red = 1 - greenRatio;
        var uniform = 0.5 * cycle * red * red / (1 - Math.Min(1, saturation) * greenRatio);
        var over = saturation - 1;
        return uniform + 900 * periodHours * (over + Math.Sqrt(over * over + 4 * saturation / (capacity * periodHours)));
    }

    /// <summary>Vehicle-seconds of delay in an hour, over all lanes.</summary>
    public static double PerHour(SplitProblem problem, int cycle, ReadOnlySpan<int> greens)
    {
        var sum = 0.0;
        foreach (var lane in problem.Lanes)
        {
            var perCycle = lane.Capacity(cycle, greens);
            if (perCycle <= 0) return double.PositiveInfinity;
            var ratio = Math.Min(1, perCycle / lane.PerSecond / cycle);
            sum += lane.Flow * Seconds(cycle, ratio, lane.Saturation(cycle, greens), perCycle * 3600 / cycle);
        }

        return sum;
    }
}
