using TrafficAI.Simulation.Demand;
using TrafficAI.Simulation.Model;

namespace TrafficAI.Simulation.Tests;

/// <summary>What must hold on any street after any step.</summary>
internal sealed class Invariants(Street street, StreetDemand demand, double beginSeconds)
{
    /// <summary>Gaps may be that much smaller than nothing, by rounding, metres.</summary>
    private const double Rounding = 1e-6;

    private readonly int[] laneBefore = Enumerable.Repeat(-1, demand.Vehicles.Length).ToArray();
    private readonly int[] seenIn = new int[demand.Vehicles.Length];
    private readonly JunctionCrashes crashes = new(street);
    private int steps;

    /// <summary>To be called before each step.</summary>
    public void Before()
    {
        Array.Fill(laneBefore, -1);
        ForEachCar((lane, car) => laneBefore[car.Vehicle] = lane);
    }

    /// <summary>What is wrong after a step; null if nothing is.</summary>
    public string? Complaint()
    {
        steps++;
        return Overlap() ?? Crash() ?? LostOrDoubled() ?? RedRun() ?? BadNumber();
    }

    private void ForEachCar(Action<int, Car> visit)
    {
        for (var lane = 0; lane < street.State.LaneCount.Length; lane++)
            foreach (var slot in street.State.On(lane)) visit(lane, street.State.Cars[slot]);
    }

    private string? Overlap()
    {
        var state = street.State;
        for (var lane = 0; lane < state.LaneCount.Length; lane++)
        {
            var ahead = state.Lapping[lane];
            foreach (var slot in state.On(lane))
            {
                var front = state.Cars[slot].Position;
                if (ahead >= 0 && ahead != slot && state.BackOn(state.Cars[ahead], lane) < front - Rounding)
                    return $"{Name(slot)} at {front:0.000} overlaps {Name(ahead)} whose back is at {state.BackOn(state.Cars[ahead], lane):0.000} on lane {LaneName(lane)}";
                ahead = slot;
            }
        }

        return null;
    }

    private string? Crash() => crashes.Find() is var (slot, other, lane, otherLane)
        ? $"{Name(slot)} on {LaneName(lane)} lies across {Name(other)} on {LaneName(otherLane)}"
        : null;

    private string? LostOrDoubled()
    {
        var onStreet = 0;
        string? doubled = null;
        ForEachCar((lane, car) =>
        {
            onStreet++;
            if (car.Lane != lane) doubled = $"a vehicle is listed on {LaneName(lane)}, but says {LaneName(car.Lane)}";
            if (seenIn[car.Vehicle] == steps) doubled = $"{demand.Vehicles[car.Vehicle].Id} is on the street twice";
            seenIn[car.Vehicle] = steps;
        });
        if (doubled is not null) return doubled;
        if (onStreet != street.Running) return $"{onStreet} vehicles are on lanes, but {street.Running} are running";
        var due = demand.Vehicles.Count(vehicle => vehicle.DepartSeconds >= beginSeconds && vehicle.DepartSeconds <= street.NowSeconds - state().Dt);
        var known = street.Running + street.Waiting + street.Arrived;
        return due == known ? null : $"{due} vehicles were to depart, {known} are known";

        StreetState state() => street.State;
    }

    private string? RedRun()
    {
        string? run = null;
        ForEachCar((lane, car) =>
        {
            var before = laneBefore[car.Vehicle];
            if (before < 0 || before == lane || street.State.Kinds[car.Kind].HasBluelight) return;
            foreach (var link in street.State.Map.LinksFrom(before))
            {
                var facts = street.State.Map.Links[link];
                if ((facts.Next == lane || facts.To == lane) && street.State.LinkState[link] is 'r' or 'u') run = $"{demand.Vehicles[car.Vehicle].Id} ran a red from {LaneName(before)} to {LaneName(lane)}";
            }
        });
        return run;
    }

    private string? BadNumber()
    {
        string? bad = null;
        ForEachCar((lane, car) =>
        {
            var length = street.State.Map.Lanes[lane].Length;
            if (!(car.Position >= 0 && car.Position <= length + Rounding) || !(car.Speed >= 0 && car.Speed < 100))
                bad = $"{demand.Vehicles[car.Vehicle].Id} is at {car.Position} of {length} m, at {car.Speed} m/s";
        });
        return bad;
    }

    private string Name(int slot) => $"{demand.Vehicles[street.State.Cars[slot].Vehicle].Id} ({street.State.Cars[slot].Speed:0.00} m/s)";

    private string LaneName(int lane) => street.State.Map.Network.Lanes[lane].Id.Value;
}
