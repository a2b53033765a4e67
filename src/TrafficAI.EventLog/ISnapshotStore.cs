namespace TrafficAI.EventLog;

/// <summary>Snapshots, at most one of each stream. All of them may be deleted at any time, and any may get lost.</summary>
/// <remarks>All members may be called from several threads at once.</remarks>
public interface ISnapshotStore : IAsyncDisposable
{
    /// <summary>Keeps a snapshot in the place of the stream's last one.</summary>
    ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancel = default);

    /// <summary>The snapshot of a stream as it was saved, or null. Ask <see cref="SnapshotReading.LatestAsync"/> for one to go on from.</summary>
    ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancel = default);

    /// <summary>Forgets the snapshot of a stream, if there is one.</summary>
    ValueTask DeleteAsync(string stream, CancellationToken cancel = default);
}
