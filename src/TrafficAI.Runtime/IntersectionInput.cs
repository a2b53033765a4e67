using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;
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

    /// <summary>Neighbours have told what they send: before the frame of that second. Believed, but nothing is decided on it.</summary>
    /// <param name="Forecasts">By their second, then by the sender.</param>
    public sealed record ForecastsCame(long Second, ImmutableArray<Forecast> Forecasts) : IntersectionInput(Second);

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
        IntersectionInput.ForecastsCame came => new(ForecastCodec.EventType, ForecastCodec.Encode(came.Second, came.Forecasts)),
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
            ForecastCodec.EventType => Forecasts(bytes),
            EndedType => new IntersectionInput.RunEnded(Number(bytes)),
            _ => throw new RecordException($"an input of type '{type}', which this build does not know. Use a newer build."),
        };
    }

    private static IntersectionInput.ForecastsCame Forecasts(ReadOnlyMemory<byte> bytes)
    {
        var (second, forecasts) = ForecastCodec.Decode(bytes);
        return new(second, forecasts);
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
