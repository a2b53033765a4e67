namespace TrafficAI.FieldBus;

/// <summary>What a frame must look like, whatever the intersection.</summary>
internal static class FrameGrammar
{
    private const int LargestReading = byte.MaxValue;

    public static string? Complaint(Wire.Frame frame) =>
        Grammar.Boot(frame.Boot)
        ?? Grammar.Count("sequence", frame.Sequence)
        ?? (frame.Second is >= 0 and < WireLimits.Seconds ? null : "its second is out of range")
        ?? Signals(frame)
        ?? Readings(frame)
        ?? Grammar.Clock(frame.Clock)
        ?? (frame.CycleSecond < WireLimits.DaySeconds ? null : "its cycle is longer than a day")
        ?? (frame.Plan is { } plan ? Grammar.Count("epoch", plan.Epoch) ?? Grammar.Count("plan", plan.Sequence) : null);

    private static string? Signals(Wire.Frame frame)
    {
        if (frame.Lamps.Count is 0 or > WireLimits.Groups) return $"it has {frame.Lamps.Count} groups";
        return Grammar.Word("mode", frame.Mode, Wire.ControlMode.Off)
            ?? (frame.Phase is >= 1 and <= WireLimits.Phases ? null : "its phase does not exist")
            ?? (frame.NextPhase <= WireLimits.Phases ? null : "its next phase does not exist")
            ?? (IsDuration(frame.Elapsed) ? null : "its phase has not begun")
            ?? Grammar.Count("lamp sequence", frame.LampSequence)
            ?? Grammar.Lamps(frame.Lamps, frame.Lamps.Count)
            ?? (frame.LampSeconds.Count == frame.Lamps.Count ? null : $"it has {frame.LampSeconds.Count} lamp seconds for {frame.Lamps.Count} groups")
            ?? (frame.LampSeconds.All(IsDuration) ? null : "a lamp has not begun")
            ?? (frame.Violation is { } violation ? Violation(violation, frame.Lamps.Count) : null);
    }

    private static string? Violation(Wire.Violation violation, int groups) =>
        Grammar.Word("rule", violation.Rule, Wire.SafetyRule.ShortFlashingGreen)
        ?? (violation.Group >= 1 && violation.Group <= groups && violation.OtherGroup <= groups ? null : "its violation names a group that does not exist")
        ?? (violation.SecondsAgo is >= 1 and < WireLimits.Count ? null : "its violation is yet to come")
        ?? Grammar.Text("the text of its violation", violation.Text);

    private static string? Readings(Wire.Frame frame)
    {
        if (frame.Objects.Count > WireLimits.Objects) return $"it has {frame.Objects.Count} objects";
        if (frame.Detectors.Count > WireLimits.Detectors) return $"it has {frame.Detectors.Count} detectors";
        if (frame.Actuations.Count > WireLimits.Actuations) return $"it has {frame.Actuations.Count} actuations";
        if (frame.Calls.Count > frame.Lamps.Count) return $"it has {frame.Calls.Count} calls for {frame.Lamps.Count} groups";
        return Grammar.Word("sensing", frame.Sensing, Wire.Sensing.Loops)
            ?? frame.Objects.Select(Object).FirstOrDefault(wrong => wrong is not null)
            ?? frame.Detectors.Select(Reading).FirstOrDefault(wrong => wrong is not null)
            ?? (frame.Actuations.All(a => a.Detector < frame.Detectors.Count && a.Milliseconds < 1000) ? null : "it has an actuation that cannot be")
            ?? (frame.Calls.All(call => call.Group >= 1 && call.Group <= frame.Lamps.Count) ? null : "it has a call of a group that does not exist");
    }

    private static string? Object(Wire.TrackedObject seen) =>
        seen.Lane <= ushort.MaxValue && seen.DistanceDecimetres <= ushort.MaxValue && seen.SpeedDecimetresPerSecond <= ushort.MaxValue
            ? Grammar.Word("object class", seen.Class, Wire.ObjectClass.Other)
            : "it sees an object that cannot be";

    private static string? Reading(Wire.DetectorReading reading) =>
        reading.Count <= LargestReading && reading.OccupancyPermille <= 1000
            ? Grammar.Word("validity", reading.Validity, Wire.Validity.Faulty)
            : "it has a reading that cannot be";

    private static bool IsDuration(uint seconds) => seconds is >= 1 and <= int.MaxValue;
}
