using System.Globalization;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Whether a frame can be of this intersection at all. What passes cannot make estimation or the decider stumble.</summary>
public static class FrameCheck
{
    /// <returns>What is wrong, in a few words; null if nothing is.</returns>
    public static string? Complaint(IntersectionModel model, Frame frame)
    {
        var signals = model.Signals;
        var shown = frame.Signals;
        if (frame.Intersection != signals.Id) return $"it is of intersection '{frame.Intersection}'";
        if (frame.Mode > ControlMode.Off) return "its mode is unknown";
        if (shown.Second != frame.Second - 1) return "its lamps are not of the second before it";
        if (shown.Lamps.Length != signals.Groups.Length || shown.LampSeconds.Length != signals.Groups.Length)
            return string.Create(CultureInfo.InvariantCulture, $"it has {shown.Lamps.Length} lamps for {signals.Groups.Length} signal groups");
        if (!Exists(signals, shown.Phase) || (shown.Next is { } next && !Exists(signals, next))) return "it names a phase that does not exist";
        // While a controller starts or closes, the next phase is the phase itself.
        if (shown.Next is { } to && to != shown.Phase && shown.Elapsed > signals.Interphase(shown.Phase, to).Length) return "its interphase is longer than it can be";
        if (shown.Elapsed < 1) return "its phase has not begun";
        foreach (var lamp in shown.Lamps)
        {
            if (lamp > Lamp.FlashingAmber) return "it shows a lamp that does not exist";
        }

        if (frame.Violation is { } violation && !CanBe(signals, violation)) return "it reports a violation that cannot be";
        return Readings(model, frame.Readings);
    }

    private static bool CanBe(IntersectionSignals signals, Violation violation) =>
        violation.Rule <= SafetyRule.ShortFlashingGreen
        && violation.GroupA >= 0 && violation.GroupA < signals.Groups.Length
        && violation.GroupB >= -1 && violation.GroupB < signals.Groups.Length;

    private static string? Readings(IntersectionModel model, DetectorReadings readings)
    {
        var intersection = model.Intersection;
        if (readings.Loops.Length != intersection.Detectors.Length)
            return string.Create(CultureInfo.InvariantCulture, $"it has {readings.Loops.Length} readings for {intersection.Detectors.Length} detectors");
        foreach (var seen in readings.Objects)
        {
            if (seen.Lane >= intersection.ObservedLanes.Length)
                return string.Create(CultureInfo.InvariantCulture, $"it sees a vehicle on lane {seen.Lane} of {intersection.ObservedLanes.Length}");
        }

        return readings.Sensing is Sensing.Full or Sensing.Loops ? null : "its sensing is unknown";
    }

    private static bool Exists(IntersectionSignals signals, PhaseId phase) => phase.Number >= 1 && phase.Number <= signals.Phases.Length;
}
