using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Puts what is expected in the place of what lost detectors say, so that their lanes are served like any other.</summary>
internal sealed class Substitutes
{
    private readonly IntersectionModel model;
    private readonly HealthWatch health;
    private readonly uint?[] untold = new uint?[byte.MaxValue];
    private readonly VirtualLane[] lanes;
    private readonly LoopQueue[] queues;
    private readonly LoopReading[] filled;

    public Substitutes(IntersectionModel model, HealthWatch health)
    {
        this.model = model;
        this.health = health;
        lanes = [.. model.Lanes.Select(lane => new VirtualLane(lane))];
        queues = [.. model.Lanes.Select(Expected)];
        filled = new LoopReading[model.Intersection.Detectors.Length];
    }

    private static LoopQueue Expected(LaneModel lane)
    {
        var queue = new LoopQueue(lane);
        queue.Variance.IsExpected = true;
        return queue;
    }

    /// <summary>The readings with those of lost loops replaced; valid until the next second.</summary>
    public ImmutableArray<LoopReading> Fill(Frame frame, ImmutableArray<double> shares)
    {
        frame.Readings.Loops.CopyTo(filled);
        foreach (var lane in model.Lanes)
        {
            if (!health.IsSeen(lane.Index)) Fill(lane, filled, frame, shares);
        }

        foreach (var exit in model.ExitDetectors)
        {
            if (!health.IsGood(exit)) filled[exit] = default;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(filled);
    }

    /// <summary>Takes in one second of a blind lane, its loops filled in.</summary>
    /// <returns>Vehicles that have passed its line.</returns>
    public int Pass(LaneModel lane, Frame frame, int passed, ImmutableArray<LoopReading> filled)
    {
        var open = Lights.Open(model, lane, frame.Signals);
        var advance = filled[lane.AdvanceDetector];
        queues[lane.Index].Observe(frame.Second, passed, filled[lane.StopDetector], untold.AsSpan(0, advance.Count), advance.OccupancyPermille, open != 0, unexplained: 1);
        return open != 0 ? filled[lane.StopDetector].Count : 0;
    }

    /// <summary>Adds the vehicles that are taken to be on a blind lane, the nearest first, and behind them those that are seen upstream. Where somebody stands
    /// upstream, the lane is full.</summary>
    /// <param name="seen">The nearest first.</param>
    public void AddTo(List<ApproachingVehicle> vehicles, int lane, ReadOnlySpan<ApproachingVehicle> seen)
    {
        queues[lane].AddTo(vehicles);
        foreach (var vehicle in seen)
        {
            if (vehicle.Upstream < 0) continue;
            if (vehicle.Standing) FillUp(vehicles, vehicle.DistanceMetres, lane);
            vehicles.Add(vehicle);
        }
    }

    /// <summary>Of the number of vehicles of a blind lane, in vehicles².</summary>
    public double Variance(int lane) => queues[lane].Variance.Value;

    private void FillUp(List<ApproachingVehicle> vehicles, double untilMetres, int lane)
    {
        for (var i = 0; i < vehicles.Count; i++)
        {
            if (!vehicles[i].Standing) vehicles[i] = vehicles[i] with { Standing = true, ArrivalSeconds = 0, SpeedMetresPerSecond = 0 };
        }

        var end = Math.Min(untilMetres, model.Lanes[lane].LengthMetres);
        for (var at = vehicles.Count * DischargeRates.JamSpacingMetres; at + DischargeRates.JamSpacingMetres <= end; at += DischargeRates.JamSpacingMetres)
            vehicles.Add(new(at, 0, 0, true, ObjectClass.Car, uint.MaxValue - (uint)((lane << 8) + vehicles.Count)));
    }

    private void Fill(LaneModel lane, LoopReading[] loops, Frame frame, ImmutableArray<double> shares)
    {
        var open = HealthWatch.OpenShare(lane, Lights.Open(model, lane, frame.Signals), shares);
        var rate = health.Expected(lane.Index);
        var virtualLane = lanes[lane.Index];
        var blind = health.IsBlind(lane.Index);
        if (blind) loops[lane.AdvanceDetector] = virtualLane.Advance(rate);
        else if (!health.IsGood(lane.AdvanceDetector)) loops[lane.AdvanceDetector] = virtualLane.Advance(rate, loops[lane.StopDetector], open);
        if (blind || !health.IsGood(lane.StopDetector)) loops[lane.StopDetector] = virtualLane.Stop(frame.Second, loops[lane.AdvanceDetector].Count, open);
    }
}
