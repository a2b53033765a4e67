namespace TrafficAI.Signals.Street;

/// <summary>A part of an engine that knows best how to give its whole state as bytes and to go on from them.</summary>
public interface ISavedState
{
    byte[] Save();

    /// <summary>Goes on from the state of another that was made the same way.</summary>
    /// <exception cref="ArgumentException">The bytes are of something else, or broken.</exception>
    void Restore(ReadOnlySpan<byte> saved);
}
