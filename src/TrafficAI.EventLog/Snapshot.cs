namespace TrafficAI.EventLog;

/// <summary>A state that the events of a stream led to, kept so that they need not be folded again. It can always be made anew.</summary>
/// <param name="Stream">Name of the stream.</param>
/// <param name="Revision">The last event that is in it.</param>
/// <param name="Version">Of the form of <paramref name="State"/>, chosen by who makes it.</param>
/// <param name="Anchor">SHA-256 of that event, so that a snapshot of another log is never believed; see
/// <see cref="SnapshotReading.AnchorAsync"/>.</param>
/// <param name="State">In the maker's encoding.</param>
public sealed record Snapshot(string Stream, long Revision, int Version, string Anchor, ReadOnlyMemory<byte> State);
