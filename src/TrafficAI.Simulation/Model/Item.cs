namespace TrafficAI.Simulation.Model;

/// <summary>One link on the way of a vehicle, as it plans to pass it or to wait before it (SUMO's DriveProcessItem). Times are seconds
/// from the end of the step.</summary>
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

    public double Arrival;
    public double ArrivalSpeed;
    public double ArrivalBraking;
    public double ArrivalSpeedBraking;

    /// <summary>Speed behind it, m/s.</summary>
    public double LeaveSpeed;

    /// <summary>Room behind it, metres.</summary>
    public double Room;

    public void LimitLeaving(double speed) => LeaveSpeed = Math.Min(LeaveSpeed, speed);
}
