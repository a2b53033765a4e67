using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Bytes of the frames of an outage as recorded.</summary>
/// <remarks>Layout (v = variable-length unsigned, 7 bits a byte, low first): version · v newest second known then · v frames · each: v bytes, then as
/// <see cref="FrameCodec"/> writes it. The intersection is the stream's.</remarks>
public static class BacklogCodec
{
    /// <summary>The event type under which the frames of an outage are recorded.</summary>
    public const string EventType = "backlog.v1";

    private const byte Version = 1;
    private const int MaximumItems = 1_000;
    private const int MaximumBytes = 1 << 20;

    public static ReadOnlyMemory<byte> Encode(long second, ImmutableArray<Frame> frames)
    {
        var to = new ByteWriter();
        to.Byte(Version);
        to.Number((ulong)second);
        to.Number((ulong)frames.Length);
        foreach (var frame in frames) to.Bytes(FrameCodec.Encode(frame).Span);
        return to.Written;
    }

    /// <exception cref="RecordException">The bytes are no backlog of a known version.</exception>
    public static (long Second, ImmutableArray<Frame> Frames) Decode(IntersectionId intersection, ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        var version = from.Byte();
        if (version != Version) throw new RecordException($"a backlog of version {version}, but this build reads version {Version}. Use a newer build.");
        var second = (long)from.Number(long.MaxValue);
        var frames = new Frame[from.Count(MaximumItems)];
        for (var i = 0; i < frames.Length; i++) frames[i] = FrameCodec.Decode(intersection, from.Bytes(MaximumBytes).ToArray());
        from.End();
        return (second, [.. frames]);
    }
}
