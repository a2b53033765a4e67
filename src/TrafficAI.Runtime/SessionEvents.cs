using TrafficAI.FieldBus.Sessions;

namespace TrafficAI.Runtime;

/// <summary>Names of the events of a stream <c>session-{id}</c>.</summary>
public static class SessionEvents
{
    public const string ControllerCame = "controller-came.v1";
    public const string ControllerLeft = "controller-left.v1";
    public const string BootBegun = "boot-begun.v1";
    public const string FramesSkipped = "frames-skipped.v1";
    public const string MessagesCounted = "messages-counted.v1";
    public const string MessageRefused = "message-refused.v1";
    public const string QuarantineBegun = "quarantine-begun.v1";
    public const string QuarantineEnded = "quarantine-ended.v1";
    public const string PlanRefused = "plan-refused.v1";
    public const string ClockShifted = "clock-shifted.v1";
    public const string AlarmReported = "alarm-reported.v1";
    public const string LatencyDiffered = "latency-differed.v1";

    /// <summary>The event that says what was noted.</summary>
    public static IntersectionEvent Of(SessionNote note) => note switch
    {
        ControllerCame came => new(ControllerCame, EventJson.Encode(came)),
        ControllerLeft left => new(ControllerLeft, EventJson.Encode(left)),
        BootBegun begun => new(BootBegun, EventJson.Encode(begun)),
        FramesSkipped skipped => new(FramesSkipped, EventJson.Encode(skipped)),
        MessagesCounted counted => new(MessagesCounted, EventJson.Encode(counted)),
        MessageRefused refused => new(MessageRefused, EventJson.Encode(refused)),
        QuarantineBegun begun => new(QuarantineBegun, EventJson.Encode(begun)),
        QuarantineEnded ended => new(QuarantineEnded, EventJson.Encode(ended)),
        PlanRefused refused => new(PlanRefused, EventJson.Encode(refused)),
        ClockShifted shifted => new(ClockShifted, EventJson.Encode(shifted)),
        AlarmReported reported => new(AlarmReported, EventJson.Encode(reported)),
        LatencyDiffered differed => new(LatencyDiffered, EventJson.Encode(differed)),
        _ => throw new ArgumentOutOfRangeException(nameof(note), note, "This note has no recorded form."),
    };
}
