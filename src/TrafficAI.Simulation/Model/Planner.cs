using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Plans the next step of each vehicle from the street as it stands: how fast it may go, and which links it will pass.
/// Nothing but the vehicle's own plan is written.</summary>
/// <remarks>SUMO 1.15, MSVehicle.planMoveInternal.</remarks>
internal sealed class Planner(StreetState street, ItemList items, int worker)
{
    private const double FarSeconds = 20;

    private readonly StreetMap map = street.Map;
    private readonly EndPlanner end = new(street);
    private readonly LinkPlanner links = new(street, items, new(street, worker), new(street));
    private readonly FarPlanner far = new(street, new(street, worker));

    private readonly Decider decider = new(street, items);

    /// <summary>A gap so small that who uses it within a step only creeps, metres.</summary>
    private readonly double leastMove = 0.9 * CarFollowing.Creeping * street.Dt * street.Dt;

    /// <summary>Plans for all on the used lanes from one on and below another.</summary>
    public void PlanLanes(int from, int below)
    {
        var used = street.Used;
        for (var word = from >> 6; word << 6 < below; word++)
            for (var bits = used.Word(word, from, below); bits != 0;) PlanOn(LaneSet.Take(word, ref bits));
    }

    public void PlanLane(int lane) => PlanOn(lane);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PlanOn(int lane)
    {
        ref readonly var facts = ref map.Lanes[lane];
        var ahead = street.Lapping[lane];
        foreach (var slot in street.On(lane))
        {
            Plan(slot, ahead, facts);
            ahead = slot;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Plan(int slot, int ahead, in LaneFacts lane)
    {
        ref var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        var dt = street.Dt;
        car.ItemCount = 0;
        var seen = lane.Length - car.Position;
        if (car.HasStops) car.StopDistance = double.PositiveInfinity;
        if (IsStuck(car, kind, ahead, seen))
        {
            (car.Outlook, car.NextSpeed, car.WillPass) = (Outlook.Stuck, 0, car.IsInside);
            return;
        }

        var fastest = CarFollowing.Fastest(kind, car.Speed);
        var limit = car.Limit = double.MinNative(kind.MaxSpeed, lane.Speed * car.Factor);
        var slowest = CarFollowing.Slowest(kind, car.Speed);
        var laneMost = double.MaxNative(limit, slowest);
        var free = double.MinNative(fastest, laneMost);
        var safe = ahead >= 0 ? Behind(car, kind, ahead) : double.PositiveInfinity;
        var next = double.MinNative(free, safe);
        if (next <= CarFollowing.Creeping * dt)
        {
            Creep(slot, ref car, kind, next);
            return;
        }

        var isFar = FarPlanner.IsFar(car, kind, seen, fastest);
        bool willWait;
        if ((isFar && seen > FarSeconds * laneMost) || (car.Link < 0 && EndsHere(car)))
        {
            willWait = Decider.HasToBrake(car, next);
        }
        else if (!isFar || car.Link < 0 || !far.TryPlan(car, kind, seen, laneMost, free, safe, out willWait))
        {
            var most = end.MostAtEnd(car, kind, seen, laneMost);
            if (double.IsNaN(most))
            {
                links.Plan(slot, ref car, kind, laneMost, free, safe);
                return;
            }

            next = double.MinNative(next, most);
            willWait = Decider.HasToBrake(car, next);
        }

        decider.DecideAtOnce(slot, ref car, kind, slowest, next, willWait);
    }

    /// <summary>Next speed behind the one in front on the same lane, m/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Behind(in Car car, in Kind kind, int ahead)
    {
        ref readonly var other = ref street.Cars[ahead];
        var gap = street.BackOn(other, car.Lane) - car.Position - kind.MinGap;
        return gap >= 0 ? CarFollowing.FollowSpeed(kind, car.Speed, gap, other.Speed, street.Kinds[other.Kind].ApparentDeceleration, street.Dt) : 0;
    }

    /// <summary>It stands at a stop, right behind another that stands, or right before a light that is not green.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuck(in Car car, in Kind kind, int ahead, double seen)
    {
        if (car.Speed != 0) return car.IsStopped;
        return car.HasStops ? car.IsStopped : (ahead >= 0 && IsStuckBehind(car, kind, street.Cars[ahead])) || IsStuckAtRed(car, kind, seen);
    }

    /// <summary>It is so near behind another that stands that it cannot move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuckBehind(in Car car, in Kind kind, in Car other)
    {
        if (other.Speed != 0) return false;
        var creep = kind.Tau == street.Dt ? leastMove : 0;
        return street.BackOn(other, car.Lane) - car.Position - kind.MinGap <= CarFollowing.Tiny + creep;
    }

    /// <summary>It is right before a light that is not green.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuckAtRed(in Car car, in Kind kind, double seen)
    {
        if (car.IsInside || car.Link < 0 || !street.IsRedOrAmber(car.Link) || street.IgnoresRed(kind, car.Link, canBrake: true)) return false;
        return seen - double.MaxNative(CarFollowing.Slack, double.MinNative(kind.StopLineGap, seen)) <= CarFollowing.Tiny + leastMove;
    }

    /// <summary>Its route ends on this lane, and it may arrive as fast as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndsHere(in Car car) =>
        !car.IsInside && !car.HasStops && street.ArrivalSpeeds[car.Vehicle] < 0 && street.Routes.IsLast(car.Prospects);

    /// <summary>It has no room, or hardly any.</summary>
    private void Creep(int slot, ref Car car, in Kind kind, double next)
    {
        car.WillPass = car.IsInside;
        if (car.Speed == 0 && !car.HasStops && next < CarFollowing.Creeping * street.Dt) (car.Outlook, car.NextSpeed) = (Outlook.Stuck, next);
        else decider.DecideAtOnce(slot, ref car, kind, CarFollowing.Slowest(kind, car.Speed), next, Decider.HasToBrake(car, next));
    }
}
