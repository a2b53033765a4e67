using System.Collections.Concurrent;

namespace TrafficAI.EventLog;

/// <summary>Snapshots that live as long as their process.</summary>
public sealed class MemorySnapshotStore : ISnapshotStore
{
    private readonly ConcurrentDictionary<string, Snapshot> snapshots = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        snapshots[snapshot.Stream] = snapshot with { State = snapshot.State.ToArray() };
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(snapshots.GetValueOrDefault(stream));
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        snapshots.TryRemove(stream, out _);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
