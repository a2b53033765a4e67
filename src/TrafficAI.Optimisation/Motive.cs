namespace TrafficAI.Optimisation;

/// <summary>Why a strategy wants a phase, for explanations in several languages. Not recorded: a replay finds it again.</summary>
public enum Motive : byte
{
    /// <summary>Only <see cref="Proposal.Reason"/> says it.</summary>
    Unstated,

    /// <summary>The fixed plan says so.</summary>
    Plan,

    /// <summary>A passage is running, and its target is all that can be had.</summary>
    Passage,

    /// <summary>The running phase may not end yet.</summary>
    MayNotEnd,

    /// <summary>Nobody waits, so the running phase stays.</summary>
    NobodyWaits,

    /// <summary>It leads to the least cost.</summary>
    LeastCost,

    /// <summary>It serves a lane that has waited long enough.</summary>
    LongWait,

    /// <summary>Of the highest pressure.</summary>
    Pressure,

    /// <summary>Nobody calls for another phase.</summary>
    NoCall,

    /// <summary>Its traffic keeps coming, so the running phase is extended.</summary>
    Extension,

    /// <summary>It is called, and the running phase has a gap.</summary>
    Gap,

    /// <summary>It is called, and the running phase is at its longest green.</summary>
    LongestGreen,

    /// <summary>It serves an emergency vehicle.</summary>
    PreEmption,

    /// <summary>It serves the lane that stood longest for an emergency vehicle.</summary>
    Recovery,

    /// <summary>An operator holds it.</summary>
    Operator,

    /// <summary>An operator wants the plan of fixed times, and that says so.</summary>
    OperatorPlan,
}
