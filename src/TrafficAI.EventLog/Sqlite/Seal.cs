using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAI.EventLog.Sqlite;

/// <summary>One hash over all events of the file in their order, chained from event to event, and written with every commit: what the
/// digests of the streams do not cover yet, and the order between streams, cannot change unseen either.</summary>
internal sealed class Seal
{
    private readonly ArrayBufferWriter<byte> scratch = new(1024);
    private readonly Statement read;
    private readonly Statement write;
    private readonly byte[] hash = new byte[SHA256.HashSizeInBytes];
    private byte[] compared = new byte[SHA256.HashSizeInBytes];
    private long events;
    private long comparedEvents;

    public Seal(Database database)
    {
        read = database.Prepare("SELECT events, sha256 FROM seal WHERE id = 0");
        write = database.Prepare("INSERT OR REPLACE INTO seal (id, events, sha256) VALUES (0, ?1, ?2)");
        (events, var written) = Read();
        written.AsSpan(0, Math.Min(written.Length, hash.Length)).CopyTo(hash);
    }

    /// <summary>Takes in the next event of the file.</summary>
    public void Add(string stream, long revision, in EventData @event)
    {
        Chain(hash, stream, revision, @event.Type, @event.Id, @event.Payload.Span);
        events++;
    }

    public void Write() => write.Bind(1, events).Bind(2, hash).Run();

    /// <summary>Takes in the next event of those that are to be compared with the file's seal.</summary>
    public void Compare(RecordedEvent @event)
    {
        Chain(compared, @event.Stream, @event.Revision, @event.Type, @event.Id, @event.Payload.Span);
        comparedEvents++;
    }

    /// <summary>Whether the events compared are those under the seal.</summary>
    /// <returns>What is wrong, or null.</returns>
    public string? Result()
    {
        var (count, written) = Read();
        var (seen, sum) = (comparedEvents, compared);
        (comparedEvents, compared) = (0, new byte[SHA256.HashSizeInBytes]);
        if (count != seen)
            return FormattableString.Invariant($"the seal of the file is over {count} events, but there are {seen}: some were removed or added");
        return count == 0 || sum.AsSpan().SequenceEqual(written)
            ? null
            : FormattableString.Invariant($"the seal of the file does not fit its {seen} events: some were edited or put in another order");
    }

    private (long Events, byte[] Hash) Read()
    {
        var found = read.Step() ? (read.Number(0), read.Bytes(1).ToArray()) : (0, new byte[SHA256.HashSizeInBytes]);
        read.Reset();
        return found;
    }

    private void Chain(Span<byte> sum, string stream, long revision, string type, Guid id, ReadOnlySpan<byte> payload)
    {
        scratch.ResetWrittenCount();
        scratch.Write(sum);
        Text(stream);
        Number(revision);
        Text(type);
        id.TryWriteBytes(scratch.GetSpan(16), bigEndian: true, out _);
        scratch.Advance(16);
        Number(payload.Length);
        scratch.Write(payload);
        SHA256.HashData(scratch.WrittenSpan, sum);
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number(length);
        scratch.Advance(Encoding.UTF8.GetBytes(text, scratch.GetSpan(length)));
    }

    private void Number(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(scratch.GetSpan(8), number);
        scratch.Advance(8);
    }
}
