namespace TrafficAI.Simulation.Model;

/// <summary>One vehicle on its way to a link, as it has announced itself; what it means to others is worked out by <see cref="Foe"/>.</summary>
internal struct Approach
{
    /// <summary>The next one at the same link; −1 at the end.</summary>
    public int Next;

    public int Link;
    public int Vehicle;
    public int Waiting;
    public int Kind;

    /// <summary>m/s.</summary>
    public float Speed;

    /// <summary>It leaves the link no faster, m/s.</summary>
    public float LeaveLimit;

    /// <summary>How the driver takes a speed limit.</summary>
    public double Factor;

    public Course Course;

    public readonly float Distance => (float)Course.Seen;
}
