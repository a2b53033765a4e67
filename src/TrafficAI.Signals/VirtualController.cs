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
}

/// <summary>The twin of the device in the cabinet: executes plans second by second through its own decider, falls back to its
/// local plan when the lease has run out, and goes to flashing amber when its monitor sees a violation.</summary>
public sealed class VirtualController
{
    public VirtualController(IntersectionSignals signals, long second) => throw new NotSupportedException();

    public IntersectionSignals Signals => throw new NotSupportedException();

    public ControlMode Mode => throw new NotSupportedException();

    /// <summary>What is shown during <see cref="SignalState.Second"/>.</summary>
    public SignalState State => throw new NotSupportedException();

    /// <summary>The SUMO letters of what is shown.</summary>
    public string Letters => throw new NotSupportedException();

    public PlanReply Accept(PhasePlan plan) => throw new NotSupportedException();

    /// <summary>Moves on by one second.</summary>
    public void Step() => throw new NotSupportedException();
}
