using System.Buffers.Binary;
using System.Security.Cryptography;
using TrafficAI.Optimisation;

namespace TrafficAI.Runtime;

/// <summary>A chained SHA-256 over every decision, changed or not, so that a replay is compared bit for bit in every second while
/// the log keeps only what changed.</summary>
public sealed class DecisionDigest
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] scratch = new byte[64];

    public long Decisions { get; private set; }

    public void Add(Decision decision)
    {
        var bytes = scratch.AsSpan();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, decision.Second);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], decision.InputRevision);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], decision.ActsAt);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], decision.Running.Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], decision.Wanted.Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[32..], decision.Granted.Number);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[36..], (int)decision.Bound);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], decision.Plan.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], decision.Plan.CommittedUntil);
        hash.AppendData(bytes[..56]);
        foreach (var candidate in decision.Candidates)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, candidate.Phase.Number);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], BitConverter.DoubleToInt64Bits(candidate.Worth));
            hash.AppendData(bytes[..16]);
        }

        foreach (var entry in decision.Plan.Entries)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, entry.Phase.Number);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], entry.Earliest);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], entry.Planned);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], entry.Latest);
            hash.AppendData(bytes[..32]);
        }

        Decisions++;
    }

    /// <summary>The hash over all decisions so far, in lower-case hexadecimal.</summary>
    public string Current() => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>One hash over the digests of several intersections, in the order given.</summary>
    public static string Of(IEnumerable<DecisionDigest> digests)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var digest in digests) all.AppendData(digest.hash.GetCurrentHash());
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }
}
