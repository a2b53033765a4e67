namespace TrafficAI.Simulation.Model;

/// <summary>What a plan says of the links ahead.</summary>
internal enum Outlook : byte
{
    /// <summary>Each link within reach is an <see cref="Item"/> of its own.</summary>
    Links,

    /// <summary>It stands and cannot move.</summary>
    Stuck,

    /// <summary>No link is within reach; the next one, if any, is closed.</summary>
    Closed,

    /// <summary>No link is within reach; the next one is open.</summary>
    Open,

    /// <summary>No link is within reach; at the next one it may have to yield.</summary>
    Yielding,
}
