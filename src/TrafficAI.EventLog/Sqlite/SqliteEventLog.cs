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
    private readonly CommitQueue queue;
    private readonly AppendSignal signal = new();
    private long committedPosition;
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
        committedPosition = events.NextPosition;
        queue = new(CommitQueued);
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
    }

    /// <summary>For tests of what happens when the storage fails.</summary>
    internal Database Storage => database;

    /// <summary>Commits so far, to see how many appends shared one.</summary>
    internal long Commits { get; private set; }

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
        CheckWritable();
        if (durability == Durability.OnFsync) return new(queue.Add(new(stream, expectedRevision, events)));
        lock (gate)
            return new(Append(stream, expectedRevision, events.Span));
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
    public IAsyncEnumerable<RecordedEvent> SubscribeAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        CatchUp.FollowAsync(from => Locked(() => Committed(events.ReadAll(from))), e => e.Position, fromPosition, signal, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> SubscribeAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) =>
        CatchUp.FollowAsync(from => Locked(() => Committed(events.Read(stream, from))), e => e.Revision, fromRevision, signal, cancel);

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
        CommitQueued();
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
        CommitQueued();
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
        signal.Raise();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void CheckStorage(Action<string> fault, Action<RecordedEvent> @event)
    {
        lock (gate)
        {
            CheckUsable();
            Commit();
            database.Execute("PRAGMA cell_size_check = ON; BEGIN");
            try
            {
                foreach (var line in database.Texts("PRAGMA integrity_check(20)"))
                {
                    if (line != "ok") fault($"the file is damaged: {line.ReplaceLineEndings(" ")}");
                }
                if (events.CheckSeal(@event) is { } broken) fault(broken);
            }
            finally
            {
                database.Execute("COMMIT");
            }
        }
    }

    private long Append(string stream, long expected, ReadOnlySpan<EventData> added)
    {
        CheckUsable();
        var target = StreamOf(stream);
        return AppendRule.Decide(target, expected, added) ?? Write(target, added);
    }

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
        committedPosition = events.NextPosition;
        Commits++;
        signal.Raise();
    }

    // Of those who wait for the disk: writes what all of them want, commits once, then tells each how it came out.
    private void CommitQueued()
    {
        List<QueuedAppend> appends;
        Exception? failed = null;
        lock (gate)
        {
            appends = queue.Take();
            foreach (var append in appends)
                append.Write(a => Append(a.Stream, a.Expected, a.Events.Span));
            try
            {
                if (!disposed && failure is null) Commit();
            }
            catch (EventLogException)
            {
                // It is kept as the failure of the log.
            }
            failed = failure;
        }
        foreach (var append in appends)
            append.Tell(failed);
    }

    // A subscriber must never see what a killed process would take back. A reader sees nothing else.
    private List<RecordedEvent> Committed(List<RecordedEvent> page)
    {
        if (writer is not null) page.RemoveAll(e => e.Position >= committedPosition);
        return page;
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
