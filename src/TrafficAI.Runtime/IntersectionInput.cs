using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What an intersection is told and decides on: an event of its stream <c>inputs-{id}</c>.</summary>
/// <param name="Second">The street second that begins.</param>
public abstract record IntersectionInput([property: JsonPropertyOrder(-1)] long Second)
{
    /// <summary>The controller's frame.</summary>
    public sealed record FrameCame(Frame Frame) : IntersectionInput(Frame.Second);

    /// <summary>No frame came in time.</summary>
    public sealed record FrameMissed(long Second) : IntersectionInput(Second);

    /// <summary>Neighbours have told what they send: before the frame of that second. Believed, but nothing is decided on it.</summary>
    /// <param name="Forecasts">By their second, then by the sender.</param>
    public sealed record ForecastsCame(long Second, ImmutableArray<Forecast> Forecasts) : IntersectionInput(Second);

    /// <summary>The frames of an outage have come: they tell what was shown and seen then, and nothing is decided on them.</summary>
    /// <param name="Second">The newest street second known when they came.</param>
    /// <param name="Frames">Oldest first.</param>
    public sealed record BacklogCame(long Second, ImmutableArray<Frame> Frames) : IntersectionInput(Second);

    /// <summary>A vehicle asks for priority, or no more. Believed ahead of the frame after it; nothing is decided on it alone.</summary>
    /// <param name="Second">The newest street second known.</param>
    public sealed record PriorityAsked(long Second, PriorityRequest Request) : IntersectionInput(Second);

    /// <summary>An operator orders something. Believed at once; it counts from the frame after it.</summary>
    /// <param name="Second">The newest street second known.</param>
    public sealed record OperatorActed(long Second, OperatorOrder Order) : IntersectionInput(Second);

    /// <summary>From now on nothing may be planned.</summary>
    /// <param name="Second">The newest street second known.</param>
    /// <param name="Reason">Why, and what ends it.</param>
    public sealed record PlanningHeld(long Second, string Reason) : IntersectionInput(Second);

    /// <summary>Planning goes on.</summary>
    /// <param name="Second">The newest street second known.</param>
    public sealed record PlanningResumed(long Second) : IntersectionInput(Second);

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

    /// <summary>Planning is held: JSON.</summary>
    public const string HeldType = "planning-held.v1";

    /// <summary>Planning goes on: JSON.</summary>
    public const string ResumedType = "planning-resumed.v1";

    public static IntersectionEvent Encode(IntersectionInput input) => input switch
    {
        IntersectionInput.FrameCame came => new(FrameCodec.TypeOf(came.Frame), FrameCodec.Encode(came.Frame)),
        IntersectionInput.ForecastsCame came => new(ForecastCodec.TypeOf(came.Forecasts), ForecastCodec.Encode(came.Second, came.Forecasts)),
        IntersectionInput.FrameMissed missed => new(MissedType, Number(missed.Second)),
        IntersectionInput.BacklogCame came => new(BacklogCodec.EventType, BacklogCodec.Encode(came.Second, came.Frames)),
        IntersectionInput.PriorityAsked asked => new(PriorityCodec.EventType, PriorityCodec.Encode(asked.Second, asked.Request)),
        IntersectionInput.OperatorActed acted => new(OperatorCodec.EventType, OperatorCodec.Encode(acted)),
        IntersectionInput.PlanningHeld held => new(HeldType, EventJson.Encode(held)),
        IntersectionInput.PlanningResumed resumed => new(ResumedType, EventJson.Encode(resumed)),
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
            ForecastCodec.EventType or ForecastCodec.ExpectedType or ForecastCodec.LoadedType => Forecasts(bytes),
            BacklogCodec.EventType => Backlog(intersection, bytes),
            PriorityCodec.EventType => Priority(bytes),
            OperatorCodec.EventType => OperatorCodec.Decode(bytes),
            HeldType => EventJson.Decode<IntersectionInput.PlanningHeld>(bytes),
            ResumedType => EventJson.Decode<IntersectionInput.PlanningResumed>(bytes),
            EndedType => new IntersectionInput.RunEnded(Number(bytes)),
            _ => throw new RecordException($"an input of type '{type}', which this build does not know. Use a newer build."),
        };
    }

    private static IntersectionInput.ForecastsCame Forecasts(ReadOnlyMemory<byte> bytes)
    {
        var (second, forecasts) = ForecastCodec.Decode(bytes);
        return new(second, forecasts);
    }

    private static IntersectionInput.BacklogCame Backlog(IntersectionId intersection, ReadOnlyMemory<byte> bytes)
    {
        var (second, frames) = BacklogCodec.Decode(intersection, bytes);
        return new(second, frames);
    }

    private static IntersectionInput.PriorityAsked Priority(ReadOnlyMemory<byte> bytes)
    {
        var (second, request) = PriorityCodec.Decode(bytes);
        return new(second, request);
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
