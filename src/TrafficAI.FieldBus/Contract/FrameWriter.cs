using TrafficAI.Signals;

namespace TrafficAI.FieldBus;

/// <summary>From a frame in our words to one of the contract. The sequence on the wire is the street second: a virtual controller's count begins
/// with the scenario.</summary>
public static class FrameWriter
{
    /// <param name="frame">Of a second that is not negative.</param>
    /// <param name="boot">Of the controller; not 0.</param>
    public static Wire.Frame Write(Frame frame, ulong boot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame.Second);
        var shown = frame.Signals;
        var message = new Wire.Frame
        {
            Boot = boot,
            Sequence = (ulong)frame.Second,
            Second = frame.Second,
            Mode = (Wire.ControlMode)(frame.Mode + 1),
            Phase = (uint)shown.Phase.Number,
            NextPhase = (uint)(shown.Next?.Number ?? 0),
            Elapsed = (uint)shown.Elapsed,
            LampSequence = (ulong)shown.LampSequence,
            Sensing = (Wire.Sensing)(frame.Readings.Sensing + 1),
            Violation = frame.Violation is { } violation ? Write(violation, frame.Second) : null,
        };
        foreach (var lamp in shown.Lamps) message.Lamps.Add((Wire.Lamp)(lamp + 1));
        foreach (var seconds in shown.LampSeconds) message.LampSeconds.Add((uint)seconds);
        foreach (var seen in frame.Readings.Objects) message.Objects.Add(Write(seen));
        foreach (var loop in frame.Readings.Loops) message.Detectors.Add(Write(loop, frame.Readings.Sensing));
        return message;
    }

    private static Wire.Violation Write(Violation violation, long second) => new()
    {
        Rule = (Wire.SafetyRule)(violation.Rule + 1),
        Group = (uint)(violation.GroupA + 1),
        OtherGroup = (uint)(violation.GroupB + 1),
        SecondsAgo = (ulong)Math.Max(1, second - violation.Second),
        Text = violation.Text,
    };

    private static Wire.TrackedObject Write(TrackedObject seen) => new()
    {
        Lane = seen.Lane,
        DistanceDecimetres = seen.DistanceDecimetres,
        SpeedDecimetresPerSecond = seen.SpeedDecimetresPerSecond,
        Class = (Wire.ObjectClass)(seen.Class + 1),
        Track = seen.Track,
    };

    // With full sensing only exit loops exist; one that says nothing is taken for none, which reads back as the same 0.
    private static Wire.DetectorReading Write(LoopReading loop, Sensing sensing) => new()
    {
        Validity = sensing == Sensing.Full && loop == default ? Wire.Validity.NoData : Wire.Validity.Valid,
        Count = loop.Count,
        OccupancyPermille = loop.OccupancyPermille,
    };
}
