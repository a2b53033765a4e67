namespace TrafficAI.EventLog.Sqlite;

/// <summary>One stream as its only writer sees it: the head is kept here, the rest is asked of the file.</summary>
internal sealed class WrittenStream(string name, EventTable events) : IStreamView
{
    public string Name { get; } = name;

    public StreamIds Ids { get; } = new(name);

    public long Head { get; private set; } = events.Head(name);

    public void Add(in EventData @event)
    {
        events.Insert(Name, Head + 1, @event);
        Head++;
    }

    public long RevisionOf(Guid id)
    {
        if (Head < 0) return -1;
        var derived = Ids.RevisionOf(id);
        return derived >= 0 && derived <= Head && events.At(Name, derived).Id == id ? derived : events.RevisionOfChosen(Name, id);
    }

    public bool Holds(long revision, in EventData @event)
    {
        var held = events.At(Name, revision);
        return held.Type == @event.Type && held.Payload.Span.SequenceEqual(@event.Payload.Span);
    }
}
