namespace TrafficAI.Signals;

/// <summary>What a controller answered to a plan. The numbers are stable: they are recorded.</summary>
public enum PlanReply : byte
{
    Accepted = 0,

    /// <summary>A newer plan, or one of a newer epoch, is already held.</summary>
    Stale = 1,

    /// <summary>Its lease has run out.</summary>
    LeaseExpired = 2,

    /// <summary>It names a phase that this intersection lacks, or no phase.</summary>
    UnknownPhase = 3,

    /// <summary>It is for another intersection.</summary>
    WrongIntersection = 4,

    /// <summary>A fault is active; a person must release it.</summary>
    Fault = 5,

    /// <summary>A person wants flashing amber.</summary>
    Off = 6,
}
