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

    /// <summary>Metres.</summary>
    public double Distance;

    public float Arrival;
    public float ArrivalSpeed;
    public float ArrivalSpeedBraking;

    /// <summary>Speed behind it, m/s.</summary>
    public float LeaveSpeed;

    /// <summary>Room behind it, metres.</summary>
    public float Room;

    public void LimitLeaving(double speed) => LeaveSpeed = float.MinNative(LeaveSpeed, (float)speed);
}
