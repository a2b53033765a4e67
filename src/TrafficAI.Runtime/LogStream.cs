using TrafficAI.EventLog;

namespace TrafficAI.Runtime;

/// <summary>One stream of a log as its only writer sees it: knows where it ends and appends there.</summary>
public sealed class LogStream(IEventLog log, string name)
{
    private readonly StreamIds ids = new(name);
    private long revision = -1;

    public string Name => name;

    /// <summary>Revision of its last event; −1 while it has none.</summary>
    public long Revision => revision;

    /// <summary>Finds out where the stream ends.</summary>
    /// <returns>Revision of its last event; -1 if it has none.</returns>
    public async ValueTask RecoverAsync(CancellationToken stop) => revision = await log.HeadAsync(name, stop);

    /// <returns>Revision of the last of the events.</returns>
    /// <exception cref="WrongExpectedRevisionException">Somebody else has written to the stream.</exception>
    public async ValueTask<long> AppendAsync(IReadOnlyList<IntersectionEvent> events, CancellationToken stop)
    {
        var batch = new EventData[events.Count];
        for (var i = 0; i < batch.Length; i++) batch[i] = new EventData(ids.At(revision + 1 + i), events[i].Type, events[i].Payload);
        return revision = await log.AppendAsync(name, revision, batch, stop);
    }
}
