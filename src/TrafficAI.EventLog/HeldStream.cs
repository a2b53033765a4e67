namespace TrafficAI.EventLog;

/// <summary>One stream of an <see cref="OrderedLog"/>: what the inner log has, and the appends that are held after it.</summary>
internal sealed class HeldStream(IEventLog inner, string name, long innerHead) : IStreamView, IDisposable
{
    private readonly SemaphoreSlim appending = new(1, 1);
    private readonly Lock gate = new();
    private readonly List<RecordedEvent[]> held = [];
    private readonly Dictionary<long, RecordedEvent> earlier = [];
    private Dictionary<Guid, long>? chosenIds = innerHead < 0 ? [] : null;
    private long head = innerHead;

    public string Name { get; } = name;

    public StreamIds Ids { get; } = new(name);

    public long Head => Volatile.Read(ref head);

    public bool HoldsAny
    {
        get
        {
            lock (gate)
                return held.Count > 0;
        }
    }

    /// <summary>Holds an append; the rule is that of <see cref="IEventLog.AppendAsync"/>.</summary>
    public async ValueTask<long> AppendAsync(long expected, ReadOnlyMemory<EventData> events, CancellationToken cancel)
    {
        await appending.WaitAsync(cancel);
        try
        {
            await LookUpAsync(events, cancel);
            return AppendRule.Decide(this, expected, events.Span) ?? Hold(events.Span);
        }
        finally
        {
            earlier.Clear();
            appending.Release();
        }
    }

    /// <summary>Appends what is held to the inner log, each append as it came, and lets go of it.</summary>
    public async ValueTask HandOverAsync(CancellationToken cancel)
    {
        foreach (var append in Snapshot())
        {
            var events = Array.ConvertAll(append, e => new EventData(e.Id, e.Type, e.Payload));
            await inner.AppendAsync(Name, append[0].Revision - 1, events, cancel);
            lock (gate)
                held.RemoveAt(0);
        }
    }

    public RecordedEvent[] HeldFrom(long revision) =>
        [.. Snapshot().SelectMany(append => append).Where(e => e.Revision >= revision)];

    public long RevisionOf(Guid id)
    {
        if (chosenIds!.TryGetValue(id, out var revision)) return revision;
        var derived = Ids.RevisionOf(id);
        return earlier.TryGetValue(derived, out var found) && found.Id == id ? derived : -1;
    }

    public bool Holds(long revision, in EventData @event) =>
        earlier.TryGetValue(revision, out var found) && found.Type == @event.Type && found.Payload.Span.SequenceEqual(@event.Payload.Span);

    public void Dispose() => appending.Dispose();

    private RecordedEvent[][] Snapshot()
    {
        lock (gate)
            return [.. held];
    }

    private long Hold(ReadOnlySpan<EventData> events)
    {
        var append = new RecordedEvent[events.Length];
        for (var i = 0; i < append.Length; i++)
        {
            var (id, type, payload) = events[i];
            append[i] = new(Name, head + 1 + i, RecordedEvent.NoPosition, type, id, payload.ToArray());
            if (Ids.RevisionOf(id) != append[i].Revision) chosenIds?.Add(id, append[i].Revision);
        }
        lock (gate)
        {
            held.Add(append);
            head += append.Length;
        }
        return head;
    }

    // The rule is pure, so the events that it may compare with are fetched before it is asked; for a new event there are none.
    private async ValueTask LookUpAsync(ReadOnlyMemory<EventData> events, CancellationToken cancel)
    {
        for (var i = 0; i < events.Length; i++)
        {
            var id = events.Span[i].Id;
            var derived = Ids.RevisionOf(id);
            if (derived == Head + 1 + i) continue;
            chosenIds ??= await ReadChosenIdsAsync(cancel);
            var revision = chosenIds.GetValueOrDefault(id, derived);
            if (revision >= 0 && revision <= Head && await AtAsync(revision, cancel) is { } found) earlier[revision] = found;
        }
    }

    private async ValueTask<Dictionary<Guid, long>> ReadChosenIdsAsync(CancellationToken cancel)
    {
        var ids = new Dictionary<Guid, long>();
        foreach (var @event in HeldFrom(0))
            Index(@event);
        await foreach (var @event in inner.ReadAsync(Name, 0, cancel))
            Index(@event);
        return ids;

        void Index(RecordedEvent @event)
        {
            if (Ids.RevisionOf(@event.Id) != @event.Revision) ids[@event.Id] = @event.Revision;
        }
    }

    private async ValueTask<RecordedEvent?> AtAsync(long revision, CancellationToken cancel)
    {
        if (HeldFrom(revision) is [var first, ..] && first.Revision == revision) return first;
        await foreach (var @event in inner.ReadAsync(Name, revision, cancel))
            return @event;
        return null;
    }
}
