using System.Security.Cryptography;

namespace TrafficAI.EventLog.Sqlite;

/// <summary>Snapshots in an SQLite file of their own, so that the log stays what was appended to it, and deleting them is deleting a file.
/// Nothing waits for the disk; a file that is damaged is begun anew.</summary>
public sealed class SqliteSnapshotStore : ISnapshotStore
{
    // "TAIS" in ASCII.
    private const int ApplicationId = 0x5441_4953;

    private readonly Lock gate = new();
    private readonly Database database;
    private readonly Statement save;
    private readonly Statement load;
    private readonly Statement delete;
    private bool disposed;

    private SqliteSnapshotStore(Database database)
    {
        this.database = database;
        save = database.Prepare("INSERT OR REPLACE INTO snapshots (stream, revision, version, anchor, state, sha256) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        load = database.Prepare("SELECT revision, version, anchor, state, sha256 FROM snapshots WHERE stream = ?1");
        delete = database.Prepare("DELETE FROM snapshots WHERE stream = ?1");
    }

    /// <summary>Opens the snapshots at a path; makes them if there are none.</summary>
    /// <exception cref="EventLogException">The file is of somebody else, or there is no place for it.</exception>
    public static SqliteSnapshotStore Open(string path)
    {
        try
        {
            return Prepare(path);
        }
        catch (EventLogException) when (File.Exists(path) && IsOurs(path))
        {
            File.Delete(path);
            return Prepare(path);
        }
    }

    /// <inheritdoc/>
    public ValueTask SaveAsync(Snapshot snapshot, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            save.Bind(1, snapshot.Stream).Bind(2, snapshot.Revision).Bind(3, snapshot.Version).Bind(4, snapshot.Anchor)
                .Bind(5, snapshot.State.Span).Bind(6, SHA256.HashData(snapshot.State.Span)).Run();
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Snapshot?> LoadAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            try
            {
                return new(load.Bind(1, stream).Step() ? Row(stream) : null);
            }
            catch (EventLogException)
            {
                return new((Snapshot?)null);
            }
            finally
            {
                load.Reset();
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DeleteAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            delete.Bind(1, stream).Run();
        }
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (!disposed) database.Dispose();
            disposed = true;
        }
        return ValueTask.CompletedTask;
    }

    private static SqliteSnapshotStore Prepare(string path)
    {
        var database = Database.Open(path, writable: true);
        try
        {
            if (!Schema.IsEmpty(database) && database.Number("PRAGMA application_id") != ApplicationId)
                throw new EventLogException($"{path}: there is another file in the place of the snapshots. Move it away.");
            database.Execute(FormattableString.Invariant($"""
                PRAGMA synchronous = OFF;
                PRAGMA application_id = {ApplicationId};
                CREATE TABLE IF NOT EXISTS snapshots (
                  stream TEXT PRIMARY KEY, revision INTEGER NOT NULL, version INTEGER NOT NULL, anchor TEXT NOT NULL, state BLOB NOT NULL, sha256 BLOB NOT NULL);
                """));
            return new(database);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    // The application id stands at byte 68 of an SQLite file.
    private static bool IsOurs(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[72];
        return file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
            && System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(head[68..]) == ApplicationId;
    }

    private Snapshot? Row(string stream)
    {
        var state = load.Bytes(3).ToArray();
        return SHA256.HashData(state).AsSpan().SequenceEqual(load.Bytes(4))
            ? new(stream, load.Number(0), (int)load.Number(1), load.Text(2), state)
            : null;
    }
}
