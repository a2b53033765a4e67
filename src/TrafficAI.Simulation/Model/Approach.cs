namespace TrafficAI.Simulation.Model;

/// <summary>One vehicle on its way to a link, as those see it who must let it go first. Times are seconds from the begin of the run.</summary>
internal struct Approach
{
    /// <summary>The next one at the same link; −1 at the end.</summary>
    public int Next;

    public int Vehicle;
    public int Link;
    public int Waiting;
    public bool WillPass;
    public double Arrival;
    public double Leave;
    public double LeaveSpeed;
    public double ArrivalBraking;
    public double ArrivalSpeedBraking;
    public double Speed;
    public double Deceleration;
    public double Distance;
}
