namespace TrafficAI.EventLog;

/// <summary>A log that lives as long as its process: for tests and for runs that keep nothing.</summary>
public sealed class MemoryEventLog : IEventLog
{
    private const int PageSize = 256;

    private readonly Lock gate = new();
    private readonly List<RecordedEvent> all = [];
    private readonly Dictionary<string, MemoryStreamEvents> streams = new(StringComparer.Ordinal);
    private readonly AppendSignal signal = new();
    private bool disposed;

    /// <inheritdoc/>
    public ValueTask<long> AppendAsync(
        string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        AppendRule.CheckLimits(stream, expectedRevision, events.Span);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var target = streams.GetValueOrDefault(stream) ?? new MemoryStreamEvents(stream);
            if (AppendRule.Decide(target, expectedRevision, events.Span) is { } answer) return new(answer);
            streams[stream] = target;
            foreach (ref readonly var @event in events.Span)
                all.Add(target.Add(@event, all.Count));
            signal.Raise();
            return new(target.Head);
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) =>
        Paged.Read<RecordedEvent>(last => Page(stream, last?.Revision + 1 ?? Math.Max(0, fromRevision)), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(
        string stream, long fromRevision = long.MaxValue, CancellationToken cancel = default) =>
        Paged.Read<RecordedEvent>(last => PageBackwards(stream, last?.Revision - 1 ?? fromRevision), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        Paged.Read<RecordedEvent>(last => Locked(() => Slice(all, last?.Position + 1 ?? Math.Max(0, fromPosition))), cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> SubscribeAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        CatchUp.FollowAsync(from => Locked(() => Slice(all, from)), e => e.Position, fromPosition, signal, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> SubscribeAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) =>
        CatchUp.FollowAsync(from => Page(stream, from), e => e.Revision, fromRevision, signal, cancel);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> StreamsAsync(CancellationToken cancel = default) =>
        Paged.Read<string>(last => last is null ? Locked(() => streams.Keys.Order(StringComparer.Ordinal).ToArray()) : [], cancel);

    /// <inheritdoc/>
    public ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return new(Locked(() => streams.GetValueOrDefault(stream)?.Head ?? -1));
    }

    /// <inheritdoc/>
    public ValueTask FlushAsync(CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return Locked(() => ValueTask.CompletedTask);
    }

    public ValueTask DisposeAsync()
    {
        lock (gate)
            disposed = true;
        signal.Raise();
        return ValueTask.CompletedTask;
    }

    private RecordedEvent[] Page(string stream, long from) =>
        Locked(() => streams.TryGetValue(stream, out var found) ? Slice(found.Events, from) : []);

    private RecordedEvent[] PageBackwards(string stream, long from) => Locked(() =>
    {
        if (!streams.TryGetValue(stream, out var found)) return [];
        var end = (int)Math.Min(found.Head, from) + 1;
        var page = end <= 0 ? [] : Slice(found.Events, Math.Max(0, end - PageSize), end);
        Array.Reverse(page);
        return page;
    });

    private static RecordedEvent[] Slice(List<RecordedEvent> events, long from) => Slice(events, from, events.Count);

    private static RecordedEvent[] Slice(List<RecordedEvent> events, long from, int end) =>
        from >= end ? [] : events.GetRange((int)from, (int)Math.Min(PageSize, end - from)).ToArray();

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return read();
        }
    }
}
