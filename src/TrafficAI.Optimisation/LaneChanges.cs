using System.Collections.Immutable;

namespace TrafficAI.Optimisation;

/// <summary>Moves counted vehicles to the lane that they will have changed to between the advance and the stop loops of one road.</summary>
/// <remarks>A lane whose advance loop counts more than its stop loop, those who still wait left aside, loses vehicles to the lanes
/// beside it where it is the other way round; that part of its arrivals is given to the lane that lacks most. Counts fade over about
/// 100 vehicles of the road.</remarks>
public sealed class LaneChanges
{
    private const double MemoryVehicles = 100;
    private const double PriorVehicles = 10;

    /// <summary>A smaller difference is chance.</summary>
    private const double LeastDifference = 2;

    private readonly ImmutableArray<int>[] beside;
    private readonly double[] entered;
    private readonly double[] left;
    private readonly double[] credit;

    public LaneChanges(IntersectionModel model)
    {
        beside = [.. model.Lanes.Select(lane => Beside(model, lane))];
        entered = [.. model.Lanes.Select(_ => PriorVehicles)];
        left = [.. model.Lanes.Select(_ => PriorVehicles)];
        credit = new double[model.Lanes.Length];
    }

    /// <summary>The lanes of the same road, the lane itself included.</summary>
    public ImmutableArray<int> Road(int lane) => beside[lane];

    /// <summary>A vehicle has crossed the advance loop of a lane: the stop lane that it is taken to reach.</summary>
    /// <param name="waiting">Vehicles believed to be between the loops of the lane.</param>
    public int Destination(int lane, int waiting)
    {
        Fade(lane);
        entered[lane]++;
        var target = Lacking(lane);
        var lost = entered[lane] - left[lane] - waiting;
        if (target == lane || lost < LeastDifference) return lane;
        credit[lane] += lost / entered[lane];
        if (credit[lane] < 1) return lane;
        credit[lane]--;
        return target;
    }

    /// <summary>A vehicle has crossed the stop loop of a lane.</summary>
    public void Left(int lane)
    {
        Fade(lane);
        left[lane]++;
    }

    private static ImmutableArray<int> Beside(IntersectionModel model, LaneModel lane) =>
        lane.Road < 0 ? [lane.Index] : [.. model.Lanes.Where(other => other.Road == lane.Road).Select(other => other.Index)];

    private int Lacking(int lane)
    {
        var most = lane;
        var lack = LeastDifference;
        foreach (var other in beside[lane])
        {
            if (other == lane || left[other] - entered[other] <= lack) continue;
            most = other;
            lack = left[other] - entered[other];
        }

        return most;
    }

    /// <summary>Each vehicle is counted once in and once out, so that a step fades by half.</summary>
    private void Fade(int lane)
    {
        foreach (var other in beside[lane])
        {
            entered[other] -= (entered[other] - PriorVehicles) / (2 * MemoryVehicles);
            left[other] -= (left[other] - PriorVehicles) / (2 * MemoryVehicles);
        }
    }
}
