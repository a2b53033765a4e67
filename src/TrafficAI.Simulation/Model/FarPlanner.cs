using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Plans for vehicles that no link can hold up in the next step: then only its light, and whether others must watch it, is asked. The plan is the
/// same to the bit as one that looks at the link in full.</summary>
internal sealed class FarPlanner(StreetState street, Announcer announcer)
{
    private readonly StreetMap map = street.Map;

    /// <summary>No link is so near that it could change the next speed.</summary>
    /// <param name="seen">To the end of the lane, metres.</param>
    /// <param name="fastest">It cannot be faster at the end of the step, m/s.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFar(in Car car, in Kind kind, double seen, double fastest) =>
        !car.HasStops && seen > CarFollowing.AmpleGap(kind, fastest, kind.Tau + street.Dt, street.Dt) + CarFollowing.Margin + double.MaxNative(CarFollowing.Slack, kind.StopLineGap);

    /// <summary>The link ahead need not be looked at in full.</summary>
    /// <param name="seen">To the end of the lane, metres.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayPlan(in Car car, in Kind kind, double seen)
    {
        ref readonly var link = ref map.Links[car.Link];
        if (seen <= link.Visibility || link.FromInside || street.LinkState[car.Link] == 'Z') return false;
        return !kind.IgnoresLights || !street.IsRedOrAmber(car.Link) || !street.IgnoresRed(kind, car.Link, canBrake: true);
    }

    /// <summary>Announces it at the link ahead. Speeds in m/s.</summary>
    /// <param name="seen">To the end of the lane, metres.</param>
    /// <param name="free">Next speed if nobody were in front.</param>
    /// <param name="safe">Next speed behind the one in front.</param>
    /// <returns>Whether it will have to wait there.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Plan(in Car car, in Kind kind, double seen, double laneMost, double free, double safe)
    {
        ref readonly var link = ref map.Links[car.Link];
        var speed = double.MinNative(free, safe);
        if (street.IsRedOrAmber(car.Link)) return Decider.HasToBrake(car, speed);
        var priority = street.HasPriority(car.Link);
        if (link.IsWatched)
        {
            var pass = double.MinNative(double.MinNative(CarFollowing.SpeedAfter(seen, free, kind.Acceleration, kind.MaxSpeed), laneMost), safe);
            var arrival = priority ? pass : double.MinNative(pass, CarFollowing.SpeedAtMinor(kind, link.Visibility, street.Dt));
            announcer.Announce(car, kind, ItemAt(car, kind, link, seen, speed, arrival));
        }

        return priority || street.MayWaitInside(car.Link) ? speed < kind.Deceleration && speed < CarFollowing.Fastest(kind, car.Speed, street.Dt) : true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Item ItemAt(in Car car, in Kind kind, in LinkFacts link, double seen, double speed, double arrivalSpeed)
    {
        var arrival = (float)(CarFollowing.ArrivalTime(kind, seen, speed, arrivalSpeed) - street.Dt);
        return new()
        {
            Link = car.Link,
            Distance = seen,
            ArrivalSpeed = (float)arrivalSpeed,
            Arrival = arrival,
            LeaveSpeed = (float)double.MinNative(street.MaxSpeed(car, kind, link.Next), CarFollowing.SpeedAfter(link.Length, arrivalSpeed, kind.Acceleration, kind.MaxSpeed)),
        };
    }
}
