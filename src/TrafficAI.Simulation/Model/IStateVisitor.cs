namespace TrafficAI.Simulation.Model;

/// <summary>Writes or reads a state, as the same walk through it asks.</summary>
internal interface IStateVisitor
{
    /// <summary>A value that is given when writing, and comes back when reading.</summary>
    long Number(long value);

    /// <summary>A value that must be the same on both sides.</summary>
    void Same(long value);

    /// <summary>Values of a fixed number.</summary>
    void Array<T>(Span<T> values)
        where T : unmanaged;
}
