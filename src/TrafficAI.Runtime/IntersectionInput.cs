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

    /// <summary>The run has ended: nothing is decided on this, but what no digest covers yet is digested. A later run may go on from here.</summary>
    /// <param name="Second">The street second after the last.</param>
    public sealed record RunEnded(long Second) : IntersectionInput(Second);
}

/// <summary>Bytes of inputs, by event type. Every type that ever was stays readable.</summary>
public static class InputCodec
{
    /// <summary>A second without a frame: its number, variable-length.</summary>
    public const string MissedType = "frame-missed.v1";

    /// <summary>The end of the run: the second after the last, variable-length.</summary>
    public const string EndedType = "inputs-ended.v1";

    public static IntersectionEvent Encode(IntersectionInput input) => input switch
    {
        IntersectionInput.FrameCame came => new(FrameCodec.TypeOf(came.Frame), FrameCodec.Encode(came.Frame)),
        IntersectionInput.FrameMissed missed => new(MissedType, Number(missed.Second)),
        IntersectionInput.RunEnded ended => new(EndedType, Number(ended.Second)),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "This input has no recorded form."),
    };

    /// <exception cref="RecordException">The type is unknown to this build, or the bytes are damaged.</exception>
    public static IntersectionInput Decode(IntersectionId intersection, string type, ReadOnlyMemory<byte> bytes)
    {
        if (FrameCodec.IsFrame(type)) return new IntersectionInput.FrameCame(FrameCodec.Decode(intersection, bytes));
        return type switch
        {
            MissedType => new IntersectionInput.FrameMissed(Number(bytes)),
            EndedType => new IntersectionInput.RunEnded(Number(bytes)),
            _ => throw new RecordException($"an input of type '{type}', which this build does not know. Use a newer build."),
        };
    }

    private static ReadOnlyMemory<byte> Number(long second)
    {
        var to = new ByteWriter();
        to.Number((ulong)second);
        return to.Written;
    }

    private static long Number(ReadOnlyMemory<byte> bytes)
    {
        var from = new ByteReader(bytes.Span);
        var second = (long)from.Number(long.MaxValue);
        from.End();
        return second;
    }
}
