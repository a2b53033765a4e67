using System.Security.Cryptography;

namespace TrafficAI.EventLog;

/// <summary>The hash over the events of one stream since its last digest. Each digest counts as the first event after itself, so that the
/// digests of a stream form a chain: whoever edits an event has to write every later digest anew.</summary>
public sealed class StreamChain
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Revision of the first event that counts.</summary>
    public long From { get; private set; }

    /// <summary>Events that count so far.</summary>
    public long Count { get; private set; }

    /// <summary>Events that the next digest would be the first to cover; 0 when there is nothing new to say.</summary>
    public long Undigested { get; private set; }

    /// <summary>Takes in the next event of the stream. A digest begins a new hash, with itself.</summary>
    public void Add(RecordedEvent @event)
    {
        var isDigest = @event.Type == StreamDigested.EventType;
        if (isDigest) hash.GetHashAndReset();
        if (isDigest || Count == 0) (From, Count) = (@event.Revision, 0);
        LogHash.Add(hash, @event);
        Count++;
        Undigested = isDigest ? 0 : Undigested + 1;
    }

    /// <summary>SHA-256 over what counts so far, event by event as in <see cref="LogHash.Add"/>: 64 lower-case hexadecimal digits.</summary>
    public string Current() => Convert.ToHexStringLower(hash.GetCurrentHash());
}
