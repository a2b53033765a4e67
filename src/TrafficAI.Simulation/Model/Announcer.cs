using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Tells the links that others must watch who is coming.</summary>
internal sealed class Announcer(StreetState street, int worker)
{
    /// <summary>Announces a plan for a link.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(in Car car, in Kind kind, in Item item)
    {
        ref var own = ref Add(car, kind, item.Link, item.Distance);
        Expect(ref own, car, street.Map.Links[item.Link], item.Arrival, item.ArrivalSpeed, item.LeaveSpeed);
        own.ArrivalSpeedBraking = item.ArrivalSpeedBraking;
    }

    /// <summary>Announces one who is far from the link at the end of its lane.</summary>
    /// <param name="seen">To the link, metres.</param>
    /// <param name="speed">Of the next step, m/s.</param>
    /// <param name="arrivalSpeed">m/s.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(in Car car, in Kind kind, in LinkFacts link, double seen, double speed, double arrivalSpeed)
    {
        var arrival = (float)(CarFollowing.ArrivalTime(kind, seen, speed, arrivalSpeed) - street.Dt);
        var leaveSpeed = double.MinNative(street.MaxSpeed(car, kind, link.Next), CarFollowing.SpeedAfter(link.Length, arrivalSpeed, kind.Acceleration, kind.MaxSpeed));
        ref var own = ref Add(car, kind, car.Link, seen);
        Expect(ref own, car, link, arrival, (float)arrivalSpeed, (float)leaveSpeed);
        own.ArrivalSpeedBraking = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Approach Add(in Car car, in Kind kind, int link, double distance)
    {
        ref var own = ref street.Coming.Open(worker, link);
        own.Vehicle = car.Vehicle;
        own.Waiting = car.Waiting;
        own.Speed = (float)car.Speed;
        own.Deceleration = (float)kind.Deceleration;
        own.Distance = (float)distance;
        return ref own;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Expect(ref Approach own, in Car car, in LinkFacts link, float arrival, float arrivalSpeed, float leaveSpeed)
    {
        own.Arrival = arrival;
        own.Leave = arrival + (float)((link.Length + car.Length) / double.MaxNative(0.5 * (arrivalSpeed + leaveSpeed), CarFollowing.Tiny));
        own.LeaveSpeed = leaveSpeed;
    }
}
