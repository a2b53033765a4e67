using System.Runtime.CompilerServices;
using TrafficAI.Simulation.Map;

namespace TrafficAI.Simulation.Model;

/// <summary>Plans for vehicles that nothing beyond the end of their lane concerns: a light that is not green stops them there, their route leads no farther from
/// the lane, or it ends on it. The plan is the same to the bit as one that looks at links in full.</summary>
internal sealed class EndPlanner(StreetState street)
{
    private readonly StreetMap map = street.Map;

    /// <param name="seen">To the end of the lane, metres.</param>
    /// <param name="laneMost">Limit of the lane, m/s.</param>
    /// <param name="next">Next speed with regard to nothing but the lane and the one in front, m/s; in the end with regard to the end of the lane.</param>
    /// <returns>Whether that is all there is to plan.</returns>
    public bool TryPlan(in Car car, in Kind kind, double seen, double laneMost, ref double next)
    {
        if (car.HasStops) return false;
        if (car.Link >= 0) return !car.IsInside && kind.HeedsLights && street.IsRedOrAmber(car.Link) && StopsAtLight(car, kind, seen, ref next);
        ref readonly var lane = ref map.Lanes[car.Lane];
        var ends = !lane.IsInside && street.Routes.IsLast(car.Prospects);
        var most = ends ? SpeedToArrive(car, kind, lane, seen, laneMost) : CarFollowing.StopSpeed(kind, car.Speed, seen, street.Dt);
        next = double.MinNative(next, most);
        return true;
    }

    private bool StopsAtLight(in Car car, in Kind kind, double seen, ref double next)
    {
        var brakes = CarFollowing.BrakeGap(car.Speed, kind.LightDeceleration, 0, street.Dt);
        if (seen < brakes) return false;
        var distance = StopDistance(seen, double.MinNative(kind.StopLineGap, seen - brakes));
        next = double.MinNative(next, CarFollowing.StopSpeed(kind, car.Speed, distance, kind.LightDeceleration, street.Dt));
        return true;
    }

    /// <summary>To the place where it stops before a link, metres.</summary>
    /// <param name="seen">To the link, metres.</param>
    /// <param name="offset">Kept before it, metres.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double StopDistance(double seen, double offset) => double.MaxNative(0, seen - double.MaxNative(CarFollowing.Slack, offset));

    /// <summary>Next speed with which it arrives on a lane as it wants to, m/s.</summary>
    /// <param name="seen">To the end of that lane, metres.</param>
    /// <param name="laneMost">Its limit, m/s.</param>
    public double SpeedToArrive(in Car car, in Kind kind, in LaneFacts lane, double seen, double laneMost)
    {
        var speed = street.ArrivalSpeeds[car.Vehicle];
        var arrival = speed < 0 ? laneMost : speed;
        var distance = seen + street.ArrivalPositions[car.Vehicle] - lane.Length - arrival * street.Dt;
        return double.MaxNative(CarFollowing.Tiny, CarFollowing.FreeSpeed(kind.Deceleration, distance, arrival, street.Dt));
    }
}
