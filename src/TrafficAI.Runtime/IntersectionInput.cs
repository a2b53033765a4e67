using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What an intersection is told and decides on: an event of its stream <c>inputs-{id}</c>.</summary>
/// <param name="Second">The street second that begins.</param>
public abstract record IntersectionInput(long Second)
{
    /// <summary>The controller's frame.</summary>
    public sealed record FrameCame(Frame Frame) : IntersectionInput(Frame.Second);

    /// <summary>No frame came in time.</summary>
    public sealed record FrameMissed(long Second) : IntersectionInput(Second);
}

/// <summary>Bytes of inputs, by event type. Every type that ever was stays readable.</summary>
public static class InputCodec
{
    /// <summary>A second without a frame: its number, variable-length.</summary>
    public const string MissedType = "frame-missed.v1";

    public static IntersectionEvent Encode(IntersectionInput input)
    {
        switch (input)
        {
            case IntersectionInput.FrameCame came: return new(FrameCodec.EventType, FrameCodec.Encode(came.Frame));
            case IntersectionInput.FrameMissed missed:
                var to = new ByteWriter();
                to.Number((ulong)missed.Second);
                return new(MissedType, to.Written);
            default: throw new ArgumentOutOfRangeException(nameof(input), input, "This input has no recorded form.");
        }
    }

    /// <exception cref="RecordException">The type is unknown to this build, or the bytes are damaged.</exception>
    public static IntersectionInput Decode(IntersectionId intersection, string type, ReadOnlyMemory<byte> bytes)
    {
        if (type == FrameCodec.EventType) return new IntersectionInput.FrameCame(FrameCodec.Decode(intersection, bytes));
        if (type != MissedType) throw new RecordException($"an input of type '{type}', which this build does not know. Use a newer build.");
        var from = new ByteReader(bytes.Span);
        var second = (long)from.Number(long.MaxValue);
        from.End();
        return new IntersectionInput.FrameMissed(second);
    }
}
