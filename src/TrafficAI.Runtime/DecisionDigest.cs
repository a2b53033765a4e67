using System.Buffers.Binary;
using System.Security.Cryptography;
using TrafficAI.Optimisation;

namespace TrafficAI.Runtime;

/// <summary>A SHA-256 over every decision, changed or not, chained from one recorded digest to the next, so that a replay is compared bit for
/// bit in every second while the log keeps only what changed.</summary>
public sealed class DecisionDigest
{
    private byte[] since = new byte[16 * 1024];
    private int length;

    public long Decisions { get; private set; }

    public void Add(Decision decision)
    {
        Number(decision.Second);
        Number(decision.InputRevision);
        Number(decision.ActsAt);
        Number(decision.Running.Number);
        Number(decision.Wanted.Number);
        Number(decision.Granted.Number);
        Number((int)decision.Bound);
        Number(decision.Sequence);
        Number(decision.CommittedUntil);
        if (decision.AllRedUntil > decision.Second) Number(decision.AllRedUntil);
        foreach (var candidate in decision.Candidates)
        {
            Number(candidate.Phase.Number);
            Number(BitConverter.DoubleToInt64Bits(candidate.Worth));
        }

        foreach (var entry in decision.Entries)
        {
            Number(entry.Phase.Number);
            Number(entry.Earliest);
            Number(entry.Planned);
            Number(entry.Latest);
        }

        Decisions++;
    }

    /// <summary>The hash over the digest before and all decisions since, in lower-case hexadecimal.</summary>
    public string Current() => Convert.ToHexStringLower(Hash());

    /// <summary><see cref="Current"/>, and from now on the digest before.</summary>
    public string Close()
    {
        var digest = Hash();
        digest.CopyTo(since, 0);
        length = digest.Length;
        return Convert.ToHexStringLower(digest);
    }

    /// <summary>One hash over the digests of several intersections, in the order given.</summary>
    public static string Of(IEnumerable<DecisionDigest> digests)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var digest in digests) all.AppendData(digest.Hash());
        return Convert.ToHexStringLower(all.GetHashAndReset());
    }

    private byte[] Hash() => SHA256.HashData(since.AsSpan(0, length));

    private void Number(long value)
    {
        if (since.Length - length < sizeof(long)) Array.Resize(ref since, 2 * since.Length);
        BinaryPrimitives.WriteInt64LittleEndian(since.AsSpan(length), value);
        length += sizeof(long);
    }
}
