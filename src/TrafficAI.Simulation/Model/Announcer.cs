using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>Tells the links that others must watch who is coming.</summary>
internal sealed class Announcer(StreetState street, int worker)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Announce(in Car car, in Kind kind, in Item item)
    {
        var length = street.Map.Links[item.Link].Length + car.Length;
        street.Coming.Add(worker, new()
        {
            Vehicle = car.Vehicle,
            Link = item.Link,
            Waiting = car.Waiting,
            Arrival = item.Arrival,
            Leave = item.Arrival + (float)(length / Math.Max(0.5 * (item.ArrivalSpeed + item.LeaveSpeed), CarFollowing.Tiny)),
            LeaveSpeed = item.LeaveSpeed,
            ArrivalSpeedBraking = item.ArrivalSpeedBraking,
            Speed = (float)car.Speed,
            Deceleration = (float)kind.Deceleration,
            Distance = (float)item.Distance,
        });
    }
}
