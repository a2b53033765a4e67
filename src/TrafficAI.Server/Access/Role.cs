namespace TrafficAI.Server.Access;

/// <summary>What somebody may do; each may do all that those before it may.</summary>
public enum Role
{
    /// <summary>Sees everything but who did what.</summary>
    Viewer,

    /// <summary>Asks what would have been, and proposes and approves changes of safety data.</summary>
    Engineer,

    /// <summary>Overrides what the optimiser wants.</summary>
    Operator,

    /// <summary>Sees who did what.</summary>
    Administrator,
}
