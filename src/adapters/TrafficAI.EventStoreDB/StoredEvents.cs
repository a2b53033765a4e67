using System.Security.Cryptography;
using System.Text;
using EventStore.Client;
using TrafficAI.EventLog;
using StoredData = EventStore.Client.EventData;

namespace TrafficAI.EventStoreDB;

/// <summary>Events of one stream as the server keeps them.</summary>
/// <remarks>The server takes an append for a repeat when the ids are the same, whatever the content. An id that follows from the revision, which two writers of a
/// stream derive alike, is therefore kept as a hash over itself, type and payload, from which a reader finds it again; any other id as it is.</remarks>
internal sealed class StoredEvents(string log, string stream)
{
    private const string Json = "application/json";
    private const string Bytes = "application/octet-stream";

    private readonly StreamIds ids = new(stream);

    /// <summary>The prefix of the streams of a log.</summary>
    public static string PrefixOf(string log) => $"{log}.";

    /// <summary>The server's name of the stream.</summary>
    public string Name { get; } = PrefixOf(log) + stream;

    /// <summary>Whether all ids follow from the revisions after one.</summary>
    public bool AreDerivedAfter(long revision, ReadOnlySpan<EventLog.EventData> events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (ids.RevisionOf(events[i].Id) != revision + 1 + i) return false;
        }

        return true;
    }

    /// <param name="first">Revision of the first.</param>
    public StoredData[] Write(long first, ReadOnlySpan<EventLog.EventData> events)
    {
        var stored = new StoredData[events.Length];
        for (var i = 0; i < stored.Length; i++)
        {
            var (id, type, payload) = events[i];
            var own = ids.RevisionOf(id) == first + i ? HashOf(id, type, payload.Span) : id;
            // The store's own browser shows JSON.
            stored[i] = new(Uuid.FromGuid(own), type, payload, null, payload.Span is [(byte)'{', .., (byte)'}'] ? Json : Bytes);
        }

        return stored;
    }

    public RecordedEvent Read(ResolvedEvent resolved)
    {
        var stored = resolved.OriginalEvent;
        var (revision, id) = (stored.EventNumber.ToInt64(), stored.EventId.ToGuid());
        var derived = ids.At(revision);
        return new(
            stream, revision, (long)stored.Position.CommitPosition, stored.EventType, id == HashOf(derived, stored.EventType, stored.Data.Span) ? derived : id, stored.Data);
    }

    private static Guid HashOf(Guid id, string type, ReadOnlySpan<byte> payload)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        hash.AppendData(bytes[..16]);
        hash.AppendData(Encoding.UTF8.GetBytes(type));
        hash.AppendData([0]);
        hash.AppendData(payload);
        hash.GetHashAndReset(bytes);
        return new(bytes[..16], bigEndian: true);
    }
}
