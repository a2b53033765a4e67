using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Something that an intersection's events say, besides its frames.</summary>
/// <param name="Second">Street second.</param>
public abstract record Fact(long Second)
{
    /// <summary>No frame came for that second.</summary>
    public sealed record FrameMissed(long Second) : Fact(Second);

    /// <summary>Frames of an outage were told later: they are counted, and measure nothing.</summary>
    public sealed record ToldLater(long Second, int Frames) : Fact(Second);

    /// <summary>The wanted phase has changed, or what safety makes of it.</summary>
    /// <param name="Running">The phase that runs.</param>
    /// <param name="Granted">The phase that safety grants.</param>
    /// <param name="Strategy">Who decided.</param>
    /// <param name="Ending">What ends the greens of the running phase, where another one is granted.</param>
    /// <param name="IsPreemption">An emergency vehicle is served.</param>
    public sealed record Decided(long Second, PhaseId Running, PhaseId Granted, string Strategy, Termination Ending, bool IsPreemption) : Fact(Second);

    /// <summary>A green ended, and its controller says why.</summary>
    public sealed record GreenEnded(long Second, int Group, Termination Ending) : Fact(Second);

    /// <summary>An emergency vehicle is served before others.</summary>
    public sealed record Preempted(long Second) : Fact(Second);

    /// <summary>A detector is believed no longer, or again.</summary>
    /// <param name="Condition">"good", or what is wrong with it.</param>
    public sealed record DetectorChanged(long Second, string Detector, string Condition) : Fact(Second);

    /// <summary>A step on the fallback ladder.</summary>
    /// <param name="From">The rung until then.</param>
    /// <param name="To">The rung from then on.</param>
    public sealed record LevelChanged(long Second, string From, string To) : Fact(Second);

    /// <summary>A stop lane is blocked, or no longer.</summary>
    public sealed record IncidentChanged(long Second, string Lane, bool Blocked) : Fact(Second);

    /// <summary>A vehicle asks for priority.</summary>
    /// <param name="Request">Names the request among those of the controller.</param>
    public sealed record PriorityAsked(long Second, string Request, ObjectClass Class) : Fact(Second);

    /// <summary>A request has come further, or to its end.</summary>
    /// <param name="State">queued, activated, completed, rejected or stale.</param>
    public sealed record PriorityAnswered(long Second, string Request, string State) : Fact(Second);

    /// <summary>Somebody has pushed the button of a crossing.</summary>
    public sealed record PedestrianCalled(long Second, int Group) : Fact(Second);

    /// <summary>A safety rule was broken.</summary>
    public sealed record ViolationFound(long Second) : Fact(Second);

    /// <summary>An operator departs from what is recommended, or no more.</summary>
    public sealed record OverrideChanged(long Second, bool IsBegun) : Fact(Second);

    /// <summary>Planning is held, or goes on.</summary>
    public sealed record PlanningChanged(long Second, bool IsHeld) : Fact(Second);
}

/// <summary>Why a green ended, in the words of actuated controllers.</summary>
public enum Termination
{
    /// <summary>Nobody says.</summary>
    Unknown,

    /// <summary>Its traffic had a gap.</summary>
    GapOut,

    /// <summary>It was at its longest.</summary>
    MaxOut,

    /// <summary>A plan or a rule ended it at its time.</summary>
    ForceOff,

    /// <summary>The optimiser found another phase better: neither of the above.</summary>
    Optimiser,
}
