namespace TrafficAI.EventLog.Sqlite;

/// <summary>A log in one SQLite file. One process writes it, any number may read it meanwhile.</summary>
/// <remarks>While it is written, the file has companions (-wal, -shm, -writer); disposing folds them in, so that one file is left. A
/// killed process leaves all that was flushed, and nothing torn. Equal appends and flushes give equal bytes.</remarks>
public sealed class SqliteEventLog : IEventLog, ICheckedStore
{
    private const int CommitEvents = 4_096;
    private const int CommitBytes = 4 << 20;

    private readonly Lock gate = new();
    private readonly Dictionary<string, WrittenStream> streams = new(StringComparer.Ordinal);
    private readonly Durability durability;
    private readonly WriterLock? writer;
    private readonly Database database;
    private readonly EventTable events;
    private readonly Statement begin;
    private readonly Statement commit;
    private Task? sharedCommit;
    private int uncommittedEvents;
    private int uncommittedBytes;
    private EventLogException? failure;
    private bool disposed;

    private SqliteEventLog(Database database, WriterLock? writer, Durability durability)
    {
        this.database = database;
        this.writer = writer;
        this.durability = durability;
        events = new(database);
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
    }

    /// <summary>For tests of what happens when the storage fails.</summary>
    internal Database Storage => database;

    /// <summary>Opens the log at a path; see <see cref="EventLogUri.Open"/>.</summary>
    /// <exception cref="EventLogException">The log cannot be opened so.</exception>
    public static SqliteEventLog Open(string path, EventLogMode mode, Durability durability)
    {
        var writer = mode == EventLogMode.OpenExisting ? null : WriterLock.Take(path);
        Database? database = null;
        try
        {
            database = writer is null ? SqliteFile.OpenToRead(path) : SqliteFile.OpenToWrite(path, mode == EventLogMode.Create, durability);
            return new(database, writer, durability);
        }
        catch
        {
            database?.Dispose();
            writer?.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        AppendRule.CheckLimits(stream, expectedRevision, events.Span);
        lock (gate)
        {
            CheckWritable();
            var target = StreamOf(stream);
            var revision = AppendRule.Decide(target, expectedRevision, events.Span) ?? Write(target, events.Span);
            return durability == Durability.OnFsync && uncommittedEvents > 0 ? AfterCommit(SharedCommit(), revision) : new(revision);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) =>
        Paged.Read<RecordedEvent>(last => Locked(() => events.Read(stream, last?.Revision + 1 ?? Math.Max(0, fromRevision))), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(
        string stream, long fromRevision = long.MaxValue, CancellationToken cancel = default) =>
        Paged.Read<RecordedEvent>(last => Locked(() => events.ReadBackwards(stream, last?.Revision - 1 ?? fromRevision)), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        Paged.Read<RecordedEvent>(last => Locked(() => events.ReadAll(last?.Position + 1 ?? Math.Max(0, fromPosition))), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> StreamsAsync(CancellationToken cancel = default) =>
        Paged.Read<string>(last => last is null ? Locked(events.Streams) : [], cancel);

    /// <inheritdoc/>
    public ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(Locked(() => writer is null ? events.Head(stream) : StreamOf(stream).Head));
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            CheckUsable();
            Commit();
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Commits what is left, and folds the companions into the file.</summary>
    /// <exception cref="EventLogException">What was left could not be committed. The file is closed all the same.</exception>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (disposed) return ValueTask.CompletedTask;
            disposed = true;
            try
            {
                if (failure is null) Commit();
            }
            finally
            {
                Close();
            }
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> CheckStorage() => Locked(() =>
    {
        Commit();
        database.Execute("PRAGMA cell_size_check = ON; BEGIN");
        try
        {
            var faults = database.Texts("PRAGMA integrity_check(20)").Where(line => line != "ok").Select(line => $"the file is damaged: {line.ReplaceLineEndings(" ")}").ToList();
            if (events.CheckSeal() is { } broken) faults.Add(broken);
            return faults;
        }
        finally
        {
            database.Execute("COMMIT");
        }
    });

    private long Write(WrittenStream target, ReadOnlySpan<EventData> added)
    {
        if (uncommittedEvents == 0) Guarded(begin.Run);
        try
        {
            foreach (ref readonly var @event in added)
            {
                target.Add(@event);
                uncommittedEvents++;
                uncommittedBytes += @event.Payload.Length;
            }
        }
        catch (EventLogException e)
        {
            throw Fail(e);
        }
        if (uncommittedEvents >= CommitEvents || uncommittedBytes >= CommitBytes) Commit();
        return target.Head;
    }

    private void Commit()
    {
        if (uncommittedEvents == 0) return;
        Guarded(events.WriteSeal);
        Guarded(commit.Run);
        (uncommittedEvents, uncommittedBytes) = (0, 0);
    }

    // Appends that come while a commit runs wait at the gate, and then share the next one.
    private Task SharedCommit() => sharedCommit ??= Task.Run(() =>
    {
        lock (gate)
        {
            sharedCommit = null;
            CheckHasNotFailed();
            if (!disposed) Commit();
        }
    });

    private static async ValueTask<long> AfterCommit(Task commit, long revision)
    {
        await commit;
        return revision;
    }

    private WrittenStream StreamOf(string stream)
    {
        if (!streams.TryGetValue(stream, out var found)) streams[stream] = found = new(stream, events);
        return found;
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            CheckUsable();
            return read();
        }
    }

    private void CheckUsable()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        CheckHasNotFailed();
    }

    private void CheckHasNotFailed()
    {
        if (failure is not null) throw new EventLogException(failure.Message, failure);
    }

    private void CheckWritable()
    {
        CheckUsable();
        if (writer is null) throw new EventLogException($"{database.Path}: the log was opened only to read. Open it to append.");
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (EventLogException e)
        {
            throw Fail(e);
        }
    }

    // What has been believed since the last commit cannot be told from what is in the file, so the log says no to everything from now on.
    private EventLogException Fail(EventLogException cause)
    {
        failure = cause;
        try
        {
            if (uncommittedEvents > 0) database.Execute("ROLLBACK");
        }
        catch (EventLogException)
        {
            // SQLite has rolled back by itself.
        }
        uncommittedEvents = 0;
        return cause;
    }

    private void Close()
    {
        if (writer is null)
        {
            database.Dispose();
            return;
        }
        SqliteFile.CloseWritten(database);
        writer.Dispose();
    }
}
