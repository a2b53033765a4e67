using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>What a vehicle has planned of its way to a link: enough to work out when and how fast it would arrive, which is done only if somebody asks.
/// Distances in metres, speeds in m/s.</summary>
internal struct Course
{
    /// <summary>To the link.</summary>
    public double Seen;

    /// <summary>Of the next step.</summary>
    public double Speed;

    /// <summary>It may speed up to the link from so far before it and from this speed on, but arrives no faster than at most.</summary>
    public double Run;

    public double RunSpeed;
    public double Most;

    /// <summary>Speed at the link, m/s.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double ArrivalSpeed(in Kind kind) => double.MinNative(CarFollowing.SpeedAfter(Run, RunSpeed, kind.Acceleration, kind.MaxSpeed), Most);

    /// <summary>Seconds from the end of the step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly float Arrival(in Kind kind, double arrivalSpeed, double dt) => (float)(CarFollowing.ArrivalTime(kind, Seen, Speed, arrivalSpeed) - dt);

    /// <summary>Speed at the link when braking from now on, m/s; 0 where it could stop.</summary>
    public readonly float ArrivalSpeedBraking(in Kind kind, double arrivalSpeed, double dt) => Seen < CarFollowing.BrakeGap(Speed, kind.Deceleration, kind.Tau, dt)
        ? (float)double.MinNative(CarFollowing.ArrivalSpeedBraking(kind, Seen, Speed), arrivalSpeed)
        : 0;

    /// <summary>Speed behind the link, m/s.</summary>
    /// <param name="length">Of the lane onto which it leads, metres; 0 for one outside of junctions.</param>
    /// <param name="limit">There, as the driver takes it, m/s.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LeaveSpeed(in Kind kind, double arrivalSpeed, double length, double limit) =>
        (float)double.MinNative(limit, CarFollowing.SpeedAfter(length, arrivalSpeed, kind.Acceleration, kind.MaxSpeed));
}
