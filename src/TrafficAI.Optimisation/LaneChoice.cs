namespace TrafficAI.Optimisation;

/// <summary>Learns to which stop lane the vehicles of an upstream lane go, where it leads to several.</summary>
/// <remarks>Prior: 3 vehicles, in proportion to the movements of the stop lanes.</remarks>
public sealed class LaneChoice
{
    private const double PriorVehicles = 3;
    private const double MemoryVehicles = 200;
    private readonly IntersectionModel model;
    private readonly double[][] counts;

    public LaneChoice(IntersectionModel model)
    {
        this.model = model;
        counts = [.. model.Intersection.ObservedLanes.Select(lane => Prior(lane.StopLanes))];
    }

    /// <summary>The stop lane, by its index, that a vehicle of an observed lane is taken to choose.</summary>
    /// <param name="at">Where it lies in [0, 1): fixed for one vehicle.</param>
    public int Choose(int observedLane, double at)
    {
        var options = model.Intersection.ObservedLanes[observedLane].StopLanes;
        var own = counts[observedLane];
        var left = at * own.Sum();
        for (var i = 0; i < options.Length - 1; i++)
        {
            left -= own[i];
            if (left < 0) return options[i];
        }

        return options[^1];
    }

    /// <summary>A vehicle that came along an observed lane has reached a stop lane.</summary>
    public void Learn(int observedLane, int stopLane)
    {
        var chosen = model.Intersection.ObservedLanes[observedLane].StopLanes.IndexOf(stopLane);
        if (chosen < 0) return;
        var own = counts[observedLane];
        own[chosen] += 1;
        if (own.Sum() <= MemoryVehicles) return;
        for (var i = 0; i < own.Length; i++) own[i] /= 2;
    }

    private double[] Prior(System.Collections.Immutable.ImmutableArray<int> stopLanes)
    {
        double total = stopLanes.Sum(lane => model.Lanes[lane].Movements.Length);
        return [.. stopLanes.Select(lane => PriorVehicles * model.Lanes[lane].Movements.Length / total)];
    }
}
