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
    private readonly LinkPlanner links = new(street, items, new(street, worker));
    private readonly FarPlanner far = new(street, new(street, worker));

    /// <summary>A gap so small that who uses it within a step only creeps, metres.</summary>
    private double LeastMove => 0.9 * CarFollowing.Creeping * street.Dt * street.Dt;

    public void PlanLane(int lane)
    {
        var ahead = street.Lapping[lane];
        var inFront = 0.0;
        foreach (var slot in street.On(lane))
        {
            Plan(slot, ahead, inFront);
            inFront += street.Kinds[street.Cars[slot].Kind].Room;
            ahead = slot;
        }
    }

    private void Plan(int slot, int ahead, double inFront)
    {
        ref var car = ref street.Cars[slot];
        ref readonly var kind = ref street.Kinds[car.Kind];
        var dt = street.Dt;
        if (car.HasStops) car.StopDistance = double.PositiveInfinity;
        car.ItemCount = 0;
        var seen = map.Lanes[car.Lane].Length - car.Position;
        if (car.IsStopped || IsStuckBehind(car, kind, ahead) || IsStuckAtRed(car, kind, seen))
        {
            Stand(ref car, 0);
            return;
        }

        var fastest = CarFollowing.Fastest(kind, car.Speed, dt);
        var laneMost = double.MaxNative(street.MaxSpeed(car, kind, car.Lane), CarFollowing.Slowest(kind, car.Speed, dt));
        var free = double.MinNative(fastest, laneMost);
        var safe = ahead >= 0 ? Behind(car, kind, ahead) : double.PositiveInfinity;
        if (double.MinNative(free, safe) <= CarFollowing.Creeping * dt)
        {
            Stand(ref car, double.MinNative(free, safe));
            return;
        }

        var isFar = far.IsFar(car, kind, seen, fastest);
        if (EndsHere(car) || (isFar && seen > FarSeconds * laneMost))
        {
            (car.Outlook, car.SafeSpeed) = (Outlook.Closed, double.MinNative(free, safe));
            return;
        }

        if (isFar && car.Link >= 0 && far.TryPlan(ref car, kind, seen, laneMost, free, safe)) return;
        links.Plan(slot, ref car, kind, inFront, laneMost, free, safe);
    }

    /// <summary>Next speed behind the one in front on the same lane, m/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Behind(in Car car, in Kind kind, int ahead)
    {
        ref readonly var other = ref street.Cars[ahead];
        var gap = street.BackOn(other, car.Lane) - car.Position - kind.MinGap;
        return gap >= 0 ? CarFollowing.FollowSpeed(kind, car.Speed, gap, other.Speed, street.Kinds[other.Kind].ApparentDeceleration, street.Dt) : 0;
    }

    /// <summary>It stands so near behind another that stands that it cannot move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuckBehind(in Car car, in Kind kind, int ahead)
    {
        if (ahead < 0 || car.Speed != 0 || car.HasStops) return false;
        ref readonly var other = ref street.Cars[ahead];
        var creep = kind.Tau == street.Dt ? LeastMove : 0;
        return other.Speed == 0 && street.BackOn(other, car.Lane) - car.Position - kind.MinGap <= CarFollowing.Tiny + creep;
    }

    /// <summary>It stands right before a light that is not green.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsStuckAtRed(in Car car, in Kind kind, double seen)
    {
        if (car.Speed != 0 || car.HasStops || car.IsInside || car.Link < 0) return false;
        return (street.IsRed(car.Link) || street.IsAmber(car.Link)) && !street.IgnoresRed(kind, car.Link, canBrake: true)
            && seen - double.MaxNative(CarFollowing.Slack, double.MinNative(kind.StopLineGap, seen)) <= CarFollowing.Tiny + LeastMove;
    }

    /// <summary>Its route ends on this lane, and it may arrive as fast as it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool EndsHere(in Car car) =>
        car.Link < 0 && !car.IsInside && !car.HasStops && street.ArrivalSpeeds[car.Vehicle] < 0 && street.Routes.IsLast(car.Prospects);

    /// <summary>A plan to stay.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Stand(ref Car car, double speed)
    {
        car.Outlook = car.Speed == 0 && speed < CarFollowing.Creeping * street.Dt ? Outlook.Stuck : Outlook.Closed;
        (car.SafeSpeed, car.WillPass) = (speed, car.IsInside);
    }
}
