namespace TrafficAI.Simulation.Model;

/// <summary>What a plan says of the next step, or that none follows.</summary>
internal enum Outlook : byte
{
    /// <summary>Each link within reach is an <see cref="Item"/> of its own; which of them are open is found when all have planned.</summary>
    Links,

    /// <summary>It stands and cannot move.</summary>
    Stuck,

    /// <summary>No link is within reach, so that the next speed is known.</summary>
    Decided,

    /// <summary>It has arrived.</summary>
    Arrived,
}
