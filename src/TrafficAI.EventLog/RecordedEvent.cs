namespace TrafficAI.EventLog;

/// <summary>An event as the log holds it. Two are equal when the same objects are; compare payloads by their bytes.</summary>
/// <param name="Stream">Name of its stream.</param>
/// <param name="Revision">Place in its stream, from 0 without gaps.</param>
/// <param name="Position">Place among all events of the log, from 0, perhaps with gaps; <see cref="NoPosition"/> while an
/// <see cref="OrderedLog"/> still holds it.</param>
/// <param name="Type">Versioned name of what happened.</param>
/// <param name="Id">Chosen by who appended it.</param>
/// <param name="Payload">What happened, in the caller's encoding.</param>
public sealed record RecordedEvent(string Stream, long Revision, long Position, string Type, Guid Id, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The position of an event that has no place among all events yet.</summary>
    public const long NoPosition = -1;
}
