using System.Buffers.Binary;
using System.Security.Cryptography;
using TrafficAI.Optimisation;

namespace TrafficAI.Runtime;

/// <summary>The digest of decisions as <c>decisions-digested.v1</c> recorded it: one SHA-256 over every decision from the first. Only a replay
/// of such a log needs it.</summary>
internal sealed class DecisionDigestFromFirst : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long decisions;

    public void Add(Decision decision)
    {
        Number(decision.Second);
        Number(decision.InputRevision);
        Number(decision.ActsAt);
        Small(decision.Running.Number);
        Small(decision.Wanted.Number);
        Small(decision.Granted.Number);
        Small((int)decision.Bound);
        Number(decision.Sequence);
        Number(decision.CommittedUntil);
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

        decisions++;
    }

    /// <summary>The event over all decisions so far.</summary>
    public IntersectionEvent Event(long second) =>
        IntersectionEvent.DigestedFromFirst(second, decisions, Convert.ToHexStringLower(hash.GetCurrentHash()));

    public void Dispose() => hash.Dispose();

    private void Number(long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }

    private void Small(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
