namespace TrafficAI.Simulation.Model;

/// <summary>One vehicle on its way to a link, as those see it who must let it go first. Times are seconds from the begin of the step.</summary>
internal struct Approach
{
    /// <summary>The next one at the same link; −1 at the end.</summary>
    public int Next;

    public int Link;
    public int Vehicle;
    public int Waiting;
    public float Arrival;
    public float Leave;
    public float LeaveSpeed;
    public float ArrivalSpeedBraking;
    public float Deceleration;
    public float Distance;
    public float Speed;
}
