using System.Security.Cryptography;

namespace TrafficAI.EventLog;

/// <summary>How a snapshot and a log go together.</summary>
public static class SnapshotReading
{
    /// <summary>The snapshot of a stream, if one can go on from it.</summary>
    /// <param name="version">The version that the caller can read.</param>
    /// <returns>Null if there is none, if it has another version, or if the log does not hold the very event it was made after: it is of
    /// another log, or the log has lost its end.</returns>
    public static async ValueTask<Snapshot?> LatestAsync(
        this ISnapshotStore store, IEventLog log, string stream, int version, CancellationToken cancel = default)
    {
        var found = await store.LoadAsync(stream, cancel);
        if (found is null || found.Version != version) return null;
        return found.Anchor == await AnchorAsync(log, stream, found.Revision, cancel) ? found : null;
    }

    /// <summary>SHA-256 of an event of a log, as in <see cref="LogHash.Add"/>.</summary>
    /// <returns>64 lower-case hexadecimal digits; null if there is no such event.</returns>
    public static async ValueTask<string?> AnchorAsync(IEventLog log, string stream, long revision, CancellationToken cancel = default)
    {
        await foreach (var @event in log.ReadAsync(stream, revision, cancel))
        {
            if (@event.Revision != revision) return null;
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            LogHash.Add(hash, @event);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        return null;
    }
}
