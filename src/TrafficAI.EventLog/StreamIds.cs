using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAI.EventLog;

/// <summary>Event ids that follow from the stream's name and the revision, so that equal runs give equal logs.</summary>
/// <remarks>
/// <para>A UUID of version 8 (RFC 9562): 60 bits of the SHA-256 of the name in UTF-8, then 62 bits of revision. The revision can be read
/// back, so a log need not store such an id. Keep one value per stream: only its making computes a hash.</para>
/// <para>Two writers of one stream derive the same id for the same revision. That is why a log takes an append for a repeat only when
/// types and payloads are the same too.</para>
/// </remarks>
public readonly struct StreamIds
{
    private const ulong Version8 = 0x8000;
    private const ulong VersionMask = 0xF000;
    private const ulong Variant = 0x8000_0000_0000_0000;
    private const ulong RevisionMask = 0x3FFF_FFFF_FFFF_FFFF;

    private readonly ulong prefix;

    /// <param name="stream">Name of the stream.</param>
    public StreamIds(string stream)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(stream), hash);
        prefix = (BinaryPrimitives.ReadUInt64BigEndian(hash) & ~VersionMask) | Version8;
    }

    /// <summary>The id of the event at a revision of a stream. For many events of one stream, keep a <see cref="StreamIds"/>.</summary>
    public static Guid Derive(string stream, long revision) => new StreamIds(stream).At(revision);

    /// <summary>The id of the event at a revision.</summary>
    /// <param name="revision">0 to 2⁶² − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The revision is outside its range.</exception>
    public Guid At(long revision)
    {
        if (revision is < 0 or > (long)RevisionMask)
            throw new ArgumentOutOfRangeException(nameof(revision), revision, "A revision is 0 to 2^62 - 1.");
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, prefix);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Variant | (ulong)revision);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The revision that an id was derived from.</summary>
    /// <returns>The revision, or −1 if the id was not derived for this stream.</returns>
    public long RevisionOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes) == prefix && (tail & ~RevisionMask) == Variant ? (long)(tail & RevisionMask) : -1;
    }
}
