namespace TrafficAI.Simulation.Model;

/// <summary>One vehicle on the street. Speeds are in m/s, positions those of its front in metres from the begin of its lane.
/// What others look at, and what each step changes, comes first: it lies together in memory.</summary>
internal struct Car
{
    public const int Never = int.MaxValue;

    public double Position;
    public double Speed;

    /// <summary>Length of the vehicle, metres.</summary>
    public double Length;

    public int Lane;
    public int Kind;

    /// <summary>Its number in the demand, which stays.</summary>
    public int Vehicle;

    /// <summary>By which it goes on at the end of its lane; −1 where it cannot, and at the end of its route.</summary>
    public int Link;

    /// <summary>Where the prospects of its place of the route begin.</summary>
    public int Prospects;

    /// <summary>Steps since it has stood last without a break; 0 while it moves.</summary>
    public int Waiting;

    /// <summary>The lane that it left last; it may still reach back onto it.</summary>
    public int Left1;

    /// <summary>Steps in which it stood, not at a stop.</summary>
    public int Waited;

    /// <summary>How the driver takes a speed limit.</summary>
    public double Factor;

    /// <summary>Where its chances come from, <see cref="Chance.StreamOf"/>.</summary>
    public ulong Stream;

    /// <summary>During the last step, m/s².</summary>
    public double Acceleration;

    /// <summary>Seconds lost against the speed wished for.</summary>
    public double TimeLoss;

    /// <summary>Of the last plan, with no link within reach: the next speed, m/s.</summary>
    public double NextSpeed;

    /// <summary>Of the last plan: limit of its lane, as the driver takes it, m/s.</summary>
    public double Limit;

    /// <summary>Of the last plan, with links within reach: the way on which it stops, metres.</summary>
    public double BrakeGap;

    /// <summary>The lane is inside a junction.</summary>
    public bool IsInside;

    /// <summary>Of the last plan: it will pass the link at the end of its lane.</summary>
    public bool WillPass;

    /// <summary>Of the last step: it has to wait at the next link.</summary>
    public bool MustWait;

    /// <summary>Of the last plan, with no link within reach: the same of the next step.</summary>
    public bool WillWait;

    /// <summary>It stands at a stop.</summary>
    public bool IsStopped;

    /// <summary>It has stops ahead.</summary>
    public bool HasStops;

    public Outlook Outlook;

    /// <summary>Of the last plan: links in view, and where they lie in the list of its worker.</summary>
    public byte ItemCount;

    public int FirstItem;

    /// <summary>Which edge of its route it is on, or has left last.</summary>
    public int Place;

    /// <summary>Lanes that it left before, the last first.</summary>
    public int Left2;
    public int Left3;
    public int Left4;

    /// <summary>Step in which it entered the junction on which it is; <see cref="Never"/> without, and when it yields that claim.</summary>
    public int Entered;

    /// <summary>The same without the yielding.</summary>
    public int EnteredFirst;

    /// <summary>Step in which it entered the part of the junction where others cross.</summary>
    public int EnteredConflict;

    /// <summary>How often it came to stand.</summary>
    public int Halts;

    /// <summary>Steps at stops.</summary>
    public int Stopped;

    /// <summary>Steps that it still stands at its stop.</summary>
    public int StopLeft;

    /// <summary>Number of stops done.</summary>
    public int StopsDone;

    public int Route;

    /// <summary>Lengths of the lanes left, less the part of the first before the departure, metres.</summary>
    public double Metres;

    /// <summary>Of the last plan: to its next stop, metres; infinite without.</summary>
    public double StopDistance;

    public readonly double Back => Position - Length;
}
