using System.Globalization;

namespace TrafficAI.EventLog;

/// <summary>One stream under audit: revisions without gaps, and every digest that of the events before it.</summary>
internal sealed class AuditedStream(string name, Action<Finding> report)
{
    private readonly StreamChain chain = new();
    private readonly StreamIds ids = new(name);
    private long last = -1;

    public long Digests { get; private set; }

    /// <summary>The longest row of events that no digest covers: revision of its first, and how many.</summary>
    public (long From, long Count) LongestUndigested { get; private set; }

    public StreamEnd End => new(name, last, chain.Current());

    public void Take(RecordedEvent @event)
    {
        CheckOrder(@event.Revision);
        if (@event.Type == StreamDigested.EventType) CheckDigest(@event);
        chain.Add(@event);
        last = @event.Revision;
        if (chain.Undigested > LongestUndigested.Count) LongestUndigested = (last + 1 - chain.Undigested, chain.Undigested);
    }

    private void CheckOrder(long revision)
    {
        if (revision == last + 1) return;
        report(revision > last
            ? new(name, last + 1, revision - 1, "missing: cut out of the log")
            : new(name, revision, revision, string.Create(CultureInfo.InvariantCulture, $"stands after revision {last}: doubled, or put in another order")));
    }

    private void CheckDigest(RecordedEvent @event)
    {
        Digests++;
        if (StreamDigested.Decode(@event.Payload) is not { } digest || @event.Id != ids.At(@event.Revision))
            report(new(name, @event.Revision, @event.Revision, "the digest that stands here cannot be read: edited"));
        else if (digest.From != chain.From || digest.Sha256 != chain.Current())
            report(new(name, digest.From, @event.Revision - 1,
                "these are not the events that were recorded: their digest does not fit. Some were edited, removed, added or put in another order"));
    }
}
