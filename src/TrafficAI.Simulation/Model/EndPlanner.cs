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
    /// <returns>The most that the end of the lane allows for the next speed, m/s; NaN where that is not all there is to plan.</returns>
    public double MostAtEnd(in Car car, in Kind kind, double seen, double laneMost)
    {
        if (car.HasStops) return double.NaN;
        if (car.Link >= 0) return !car.IsInside && kind.HeedsLights && street.IsRedOrAmber(car.Link) ? MostBeforeLight(car, kind, seen) : double.NaN;
        ref readonly var lane = ref map.Lanes[car.Lane];
        var ends = !lane.IsInside && street.Routes.IsLast(car.Prospects);
        return ends ? SpeedToArrive(car, kind, lane, seen, laneMost) : CarFollowing.StopSpeed(kind, car.Speed, seen, street.Dt);
    }

    /// <summary>NaN where it is too late to stop.</summary>
    private double MostBeforeLight(in Car car, in Kind kind, double seen)
    {
        var brakes = CarFollowing.BrakeGap(car.Speed, kind.LightDeceleration, 0, street.Dt);
        if (seen < brakes) return double.NaN;
        var distance = StopDistance(seen, double.MinNative(kind.StopLineGap, seen - brakes));
        return CarFollowing.StopSpeed(kind, car.Speed, distance, kind.LightDeceleration, street.Dt);
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
