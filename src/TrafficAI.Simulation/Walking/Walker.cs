namespace TrafficAI.Simulation.Walking;

/// <summary>One person on foot.</summary>
internal struct Walker
{
    /// <summary>Number in the demand.</summary>
    public int Person;

    /// <summary>Which piece of the walk; all are done when it is their number.</summary>
    public int Leg;

    /// <summary>Done of it, metres.</summary>
    public double Metres;

    /// <summary>m/s.</summary>
    public double Speed;
}
