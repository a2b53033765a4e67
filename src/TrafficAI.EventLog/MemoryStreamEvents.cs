namespace TrafficAI.EventLog;

/// <summary>One stream of a <see cref="MemoryEventLog"/>.</summary>
internal sealed class MemoryStreamEvents(string name) : IStreamView
{
    private readonly Dictionary<Guid, long> chosenIds = [];

    public string Name { get; } = name;

    public StreamIds Ids { get; } = new(name);

    public List<RecordedEvent> Events { get; } = [];

    public long Head => Events.Count - 1;

    public RecordedEvent Add(in EventData @event, long position)
    {
        var recorded = new RecordedEvent(Name, Events.Count, position, @event.Type, @event.Id, @event.Payload.ToArray());
        if (Ids.RevisionOf(@event.Id) != recorded.Revision) chosenIds.Add(@event.Id, recorded.Revision);
        Events.Add(recorded);
        return recorded;
    }

    public long RevisionOf(Guid id)
    {
        if (chosenIds.TryGetValue(id, out var revision)) return revision;
        var derived = Ids.RevisionOf(id);
        return derived >= 0 && derived <= Head && Events[(int)derived].Id == id ? derived : -1;
    }

    public bool Holds(long revision, in EventData @event) =>
        Events[(int)revision] is var held && held.Type == @event.Type && held.Payload.Span.SequenceEqual(@event.Payload.Span);
}
