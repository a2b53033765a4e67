using System.Collections.Immutable;

namespace TrafficAI.Optimisation;

/// <summary>Learns to which stop lane the vehicles of an upstream lane go, where it leads to several, and how those that are still far from the
/// stop line change between the lanes of their road.</summary>
/// <remarks>Prior: 3 vehicles, upstream in proportion to the movements of the stop lanes; on the road itself they stay on their lane.</remarks>
public sealed class LaneChoice
{
    private const double PriorVehicles = 3;

    private readonly IntersectionModel model;
    private readonly LaneShares[] upstream;
    private readonly LaneShares?[] beside;

    public LaneChoice(IntersectionModel model)
    {
        this.model = model;
        upstream = [.. model.Intersection.ObservedLanes.Select(lane => new LaneShares(lane.StopLanes, InProportion(lane.StopLanes)))];
        beside = [.. model.Lanes.Select(Beside)];
    }

    /// <summary>The stop lane, by its index, that a vehicle of an observed lane is taken to choose.</summary>
    /// <param name="at">Where it lies in [0, 1): fixed for one vehicle.</param>
    public int Choose(int observedLane, double at) => upstream[observedLane].Choose(at);

    /// <summary>A vehicle that came along an observed lane has reached a stop lane.</summary>
    public void Learn(int observedLane, int stopLane) => upstream[observedLane].Learn(stopLane);

    /// <summary>The stop lane that a vehicle far from the stop line is taken to leave by.</summary>
    /// <param name="stopLane">The one that it is on.</param>
    /// <param name="at">Where it lies in [0, 1): fixed for one vehicle.</param>
    public int Change(int stopLane, double at) => beside[stopLane]?.Choose(at) ?? stopLane;

    /// <summary>A vehicle that was on one lane while it was far has left by another, or the same.</summary>
    public void LearnChange(int from, int stopLane) => beside[from]?.Learn(stopLane);

    private ImmutableArray<double> InProportion(ImmutableArray<int> stopLanes)
    {
        double total = stopLanes.Sum(lane => model.Lanes[lane].Movements.Length);
        return [.. stopLanes.Select(lane => PriorVehicles * model.Lanes[lane].Movements.Length / total)];
    }

    /// <summary>Null where the road has no other lane.</summary>
    private LaneShares? Beside(LaneModel lane)
    {
        var road = model.Lanes.Where(l => l.Index == lane.Index || (l.Road >= 0 && l.Road == lane.Road)).Select(l => l.Index).ToImmutableArray();
        return road.Length == 1 ? null : new LaneShares(road, [.. road.Select(l => l == lane.Index ? PriorVehicles : 0)]);
    }
}
