using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Health;

/// <summary>Puts what is expected in the place of what lost detectors say, so that their lanes are served like any other.</summary>
internal sealed class Substitutes
{
    private readonly IntersectionModel model;
    private readonly HealthWatch health;
    private readonly VirtualLane[] lanes;
    private readonly LoopQueue[] queues;

    public Substitutes(IntersectionModel model, HealthWatch health)
    {
        this.model = model;
        this.health = health;
        lanes = [.. model.Lanes.Select(lane => new VirtualLane(lane))];
        queues = [.. model.Lanes.Select(lane => new LoopQueue(lane))];
    }

    /// <summary>The readings with those of lost loops replaced; the same array when none is lost.</summary>
    public ImmutableArray<LoopReading> Fill(Frame frame, ImmutableArray<double> shares)
    {
        LoopReading[]? filled = null;
        foreach (var lane in model.Lanes)
        {
            if (health.IsSeen(lane.Index)) continue;
            filled ??= [.. frame.Readings.Loops];
            Fill(lane, filled, frame, shares);
        }

        foreach (var exit in model.ExitDetectors)
        {
            if (health.IsGood(exit)) continue;
            filled ??= [.. frame.Readings.Loops];
            filled[exit] = default;
        }

        return filled is null ? frame.Readings.Loops : ImmutableCollectionsMarshal.AsImmutableArray(filled);
    }

    /// <summary>Takes in one second of a blind lane, its loops filled in.</summary>
    /// <returns>Vehicles that have passed its line.</returns>
    public int Pass(LaneModel lane, Frame frame, int passed, ImmutableArray<LoopReading> filled)
    {
        var open = Lights.Open(model, lane, frame.Signals);
        var advance = filled[lane.AdvanceDetector];
        queues[lane.Index].Observe(frame.Second, passed, filled[lane.StopDetector], new uint?[advance.Count], advance.OccupancyPermille, open != 0, unexplained: 1);
        return open != 0 ? filled[lane.StopDetector].Count : 0;
    }

    /// <summary>The vehicles that are taken to be on a blind lane, the nearest first, and behind them those that are seen upstream. Where somebody stands
    /// upstream, the lane is full.</summary>
    /// <param name="seen">The nearest first.</param>
    public ImmutableArray<ApproachingVehicle> Vehicles(int lane, ImmutableArray<ApproachingVehicle> seen)
    {
        var vehicles = ImmutableArray.CreateBuilder<ApproachingVehicle>();
        queues[lane].AddTo(vehicles);
        foreach (var vehicle in seen)
        {
            if (vehicle.Upstream < 0) continue;
            if (vehicle.Standing) FillUp(vehicles, vehicle.DistanceMetres, lane);
            vehicles.Add(vehicle);
        }

        return vehicles.DrainToImmutable();
    }

    private void FillUp(ImmutableArray<ApproachingVehicle>.Builder vehicles, double untilMetres, int lane)
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
