using System.Runtime.CompilerServices;
using TrafficAI.EventLog;

namespace TrafficAI.Runtime;

/// <summary>One stream of a log as its only writer sees it: knows where it ends, appends there, and keeps the chain of its digests.</summary>
public sealed class LogStream(IEventLog log, string name)
{
    /// <summary>After so many events a digest is written even if nobody asks for one.</summary>
    public const int MostUndigested = 512;

    private readonly StreamIds ids = new(name);
    private StreamChain chain = new();
    private long revision = -1;

    public string Name => name;

    /// <summary>Where the stream ends now.</summary>
    public StreamEnd End => new(name, revision, chain.Current());

    /// <summary>Finds out where the stream ends, and takes the chain up from its last digest.</summary>
    public async ValueTask RecoverAsync(CancellationToken stop)
    {
        revision = -1;
        chain = new StreamChain();
        await foreach (var e in log.ReadAsync(name, await LastDigestAsync(stop), stop))
        {
            chain.Add(e);
            revision = e.Revision;
        }
    }

    /// <summary>The events of the stream, the digests left out. Once they are read to the end, the stream knows where it ends, as after
    /// <see cref="RecoverAsync"/>.</summary>
    /// <param name="after">Revision of the last event that is left out; −1 for none.</param>
    public async IAsyncEnumerable<RecordedEvent> ReadToEndAsync(long after, [EnumeratorCancellation] CancellationToken stop)
    {
        if (after >= 0) await RecoverAsync(stop);
        else (revision, chain) = (-1, new StreamChain());
        await foreach (var e in log.ReadAsync(name, after + 1, stop))
        {
            if (e.Revision > revision)
            {
                chain.Add(e);
                revision = e.Revision;
            }

            if (e.Type != StreamDigested.EventType) yield return e;
        }
    }

    /// <returns>Revision of the last of the events.</returns>
    /// <exception cref="WrongExpectedRevisionException">Somebody else has written to the stream.</exception>
    public async ValueTask<long> AppendAsync(IReadOnlyList<IntersectionEvent> events, CancellationToken stop)
    {
        var batch = new EventData[events.Count];
        for (var i = 0; i < batch.Length; i++) batch[i] = new EventData(ids.At(revision + 1 + i), events[i].Type, events[i].Payload);
        var last = await AppendAsync(batch, stop);
        if (chain.Undigested >= MostUndigested) await DigestAsync(stop);
        return last;
    }

    /// <summary>Appends the digest over the events since the last one; nothing if there are none.</summary>
    /// <exception cref="WrongExpectedRevisionException">Somebody else has written to the stream.</exception>
    public async ValueTask DigestAsync(CancellationToken stop)
    {
        if (chain.Undigested == 0) return;
        var digest = new StreamDigested(chain.From, chain.Current());
        await AppendAsync([new EventData(ids.At(revision + 1), StreamDigested.EventType, digest.Encode())], stop);
    }

    private async ValueTask<long> AppendAsync(EventData[] batch, CancellationToken stop)
    {
        var last = await log.AppendAsync(name, revision, batch, stop);
        foreach (var (id, type, payload) in batch) chain.Add(new RecordedEvent(name, ++revision, RecordedEvent.NoPosition, type, id, payload));
        return last;
    }

    private async ValueTask<long> LastDigestAsync(CancellationToken stop)
    {
        await foreach (var e in log.ReadBackwardsAsync(name, cancel: stop))
        {
            if (e.Type == StreamDigested.EventType) return e.Revision;
        }

        return 0;
    }
}
