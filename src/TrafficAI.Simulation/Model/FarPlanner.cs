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
    public static bool IsFar(in Car car, in Kind kind, double seen, double fastest) =>
        !car.HasStops && seen > CarFollowing.AmpleGap(kind, fastest, kind.FarHeadway) + kind.LinkGap;

    /// <summary>Announces it at the link ahead, if that need not be looked at in full. Speeds in m/s.</summary>
    /// <param name="seen">To the end of the lane, metres.</param>
    /// <param name="free">Next speed if nobody were in front.</param>
    /// <param name="safe">Next speed behind the one in front.</param>
    /// <param name="willWait">Whether it will have to wait there.</param>
    /// <returns>Whether that is all there is to plan.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPlan(in Car car, in Kind kind, double seen, double laneMost, double free, double safe, out bool willWait)
    {
        ref readonly var link = ref map.Links[car.Link];
        var letter = street.LinkState[car.Link];
        var speed = double.MinNative(free, safe);
        willWait = Decider.HasToBrake(car, speed);
        if (seen <= link.Visibility || link.FromInside || letter == 'Z') return false;
        if (Letters.Are(letter, Letters.Red | Letters.Amber)) return !street.IgnoresRed(kind, car.Link, canBrake: true);
        var priority = Letters.Are(letter, Letters.Priority);
        if (link.IsWatched)
        {
            var most = double.MinNative(laneMost, safe);
            if (!priority) most = double.MinNative(most, CarFollowing.SpeedAtMinor(kind, link.Visibility, street.Dt));
            announcer.Announce(car, seen, speed, free, most);
        }

        willWait = !(priority || street.MayWaitInside(car.Link)) || (speed < kind.Deceleration && speed < CarFollowing.Fastest(kind, car.Speed));
        return true;
    }
}
