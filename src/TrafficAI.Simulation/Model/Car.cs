namespace TrafficAI.Simulation.Model;

/// <summary>One vehicle on the street. Speeds are in m/s, positions those of its front in metres from the begin of its lane.</summary>
internal struct Car
{
    public const long Never = long.MaxValue;

    public double Position;
    public double Speed;

    /// <summary>During the last step, m/s².</summary>
    public double Acceleration;

    /// <summary>How the driver takes a speed limit.</summary>
    public double Factor;

    /// <summary>Length of the vehicle, metres.</summary>
    public double Length;

    public int Lane;

    /// <summary>Its number in the demand, which stays.</summary>
    public int Vehicle;

    public int Kind;
    public int Route;

    /// <summary>Which edge of its route it is on, or has left last.</summary>
    public int Place;

    /// <summary>Lanes that it left, the last first; it may still reach back onto them.</summary>
    public int Left1;

    public int Left2;
    public int Left3;
    public int Left4;

    /// <summary>Steps since it has stood last without a break; 0 while it moves.</summary>
    public int Waiting;

    /// <summary>Of the last plan: it will pass the link at the end of its lane.</summary>
    public bool WillPass;

    /// <summary>Of the last step: it has to wait at the next link.</summary>
    public bool MustWait;

    /// <summary>It has changed lanes in this step.</summary>
    public bool HasChanged;

    /// <summary>It stands at a stop.</summary>
    public bool IsStopped;

    /// <summary>Step in which it entered the junction on which it is; <see cref="Never"/> without, and when it yields that claim.</summary>
    public long Entered;

    /// <summary>The same without the yielding.</summary>
    public long EnteredFirst;

    /// <summary>Step in which it entered the part of the junction where others cross.</summary>
    public long EnteredConflict;

    /// <summary>Steps that it still stands at its stop.</summary>
    public int StopLeft;

    /// <summary>Number of stops done.</summary>
    public int StopsDone;

    /// <summary>Of the last plan: to its next stop, metres; infinite without.</summary>
    public double StopDistance;

    public readonly double Back => Position - Length;
}
