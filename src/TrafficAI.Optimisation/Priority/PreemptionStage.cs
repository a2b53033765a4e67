namespace TrafficAI.Optimisation.Priority;

/// <summary>How far a pre-emption has come.</summary>
public enum PreemptionStage : byte
{
    /// <summary>No emergency vehicle is seen that is to be served.</summary>
    Idle,

    /// <summary>One is seen; it is too early to prepare the way.</summary>
    Requested,

    /// <summary>Its phase is wanted, and held until it has passed.</summary>
    Serving,

    /// <summary>It has passed, or had its time: who waited longest comes first.</summary>
    Recovering,
}
