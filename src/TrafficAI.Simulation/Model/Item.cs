using System.Runtime.CompilerServices;

namespace TrafficAI.Simulation.Model;

/// <summary>One link on the way of a vehicle, as it plans to pass it or to wait before it (SUMO's DriveProcessItem). Times are seconds
/// from the begin of the step.</summary>
internal struct Item
{
    /// <summary>−1 where the way ends.</summary>
    public int Link;

    public bool Request;
    public bool HadStopped;

    /// <summary>Next speed if it may pass, m/s.</summary>
    public double Pass;

    /// <summary>Next speed if it must wait, m/s.</summary>
    public double Wait;

    public float Arrival;
    public float ArrivalSpeed;

    /// <summary>Speed behind it as far as it may be reached, and the most that others leave of it, m/s.</summary>
    public float LeaveReach;
    public float LeaveLimit;

    /// <summary>Room behind it, metres.</summary>
    public float Room;

    /// <summary>The distance, and the rest where it must yield or others watch it.</summary>
    public Course Course;

    /// <summary>Metres.</summary>
    public readonly double Distance => Course.Seen;

    /// <summary>Speed behind it, m/s.</summary>
    public readonly float LeaveSpeed => float.MinNative(LeaveReach, LeaveLimit);

    /// <summary>A plan that does not ask to pass yet.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Begin(int link, double distance)
    {
        (Link, Request, HadStopped, Room) = (link, false, false, 0);
        (Arrival, ArrivalSpeed, LeaveReach, LeaveLimit) = (0, 0, 0, float.PositiveInfinity);
        Course.Seen = distance;
    }

    public void LimitLeaving(double speed) => LeaveLimit = float.MinNative(LeaveLimit, (float)speed);
}
