namespace TrafficAI.Optimisation.Health;

/// <summary>How many vehicles use each stop lane, for when its detectors fail: as learned while they were good; for a lane that was never
/// seen, as full as the lane of a mean vehicle among those that are seen, by the green that the local plan gives it.</summary>
/// <remarks>The plan was made for the street's demand, so that its greens tell the relation between lanes, and the lanes that are seen tell
/// how busy the hour is.</remarks>
internal sealed class LaneProfiles
{
    private const double MemorySeconds = 600;
    private const double LearnedAfterSeconds = 300;
    private const double PriorDegree = 0.25;
    private const double PriorWeightSeconds = 120;
    private const double MostDegree = 0.9;

    private readonly double[] capacity;
    private readonly double[] perSecond;
    private readonly double[] known;
    private readonly double[] seconds;
    private readonly bool[] used;

    public LaneProfiles(IntersectionModel model)
    {
        capacity = [.. model.Lanes.Select(lane => PlanGreens.ShareOf(model, lane.Index) / DischargeRates.HeadwaySeconds)];
        perSecond = new double[model.Lanes.Length];
        known = new double[model.Lanes.Length];
        seconds = new double[model.Lanes.Length];
        used = new bool[model.Lanes.Length];
    }

    /// <summary>Takes in one second of a lane whose detectors are good.</summary>
    public void Learn(int lane, int departures)
    {
        seconds[lane] = Math.Min(MemorySeconds, seconds[lane] + 1);
        perSecond[lane] += (departures - perSecond[lane]) / seconds[lane];
        if (departures == 0) return;
        used[lane] = true;
        known[lane] = perSecond[lane];
    }

    /// <summary>Mean flow of a lane while it was seen, in vehicles per second, and the standard deviation of that mean.</summary>
    public (double PerSecond, double Deviation) Learned(int lane) => seconds[lane] == 0 ? default : (perSecond[lane], Math.Sqrt(perSecond[lane] / seconds[lane]));

    /// <summary>Mean flow of a lane when it was last seen to be used, in vehicles per second.</summary>
    public double PerSecond(int lane) => used[lane] && seconds[lane] >= LearnedAfterSeconds ? known[lane] : capacity[lane] * Degree();

    /// <summary>Degree of saturation that a vehicle met on the lanes that are seen, if the local plan ran; 0 to 1. The mean over vehicles, not
    /// over lanes: to expect too little of a busy lane costs more than to expect too much of a quiet one.</summary>
    private double Degree()
    {
        var vehicles = PriorDegree * PriorWeightSeconds * capacity.Max();
        var met = PriorDegree * vehicles;
        for (var lane = 0; lane < capacity.Length; lane++)
        {
            if (!used[lane] || capacity[lane] <= 0) continue;
            vehicles += perSecond[lane] * seconds[lane];
            met += Math.Min(1, perSecond[lane] / capacity[lane]) * perSecond[lane] * seconds[lane];
        }

        return vehicles > 0 ? Math.Min(MostDegree, met / vehicles) : PriorDegree;
    }
}
