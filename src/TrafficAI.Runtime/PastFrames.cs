using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What was shown during outages, told by the frames that controllers kept: lamps, modes and violations with the seconds of their
/// own. Nothing is decided on it.</summary>
internal sealed class PastFrames(IntersectionModel model)
{
    private readonly MissingSeconds missing = new();
    private AlarmWatch alarms = new(model.Signals);
    private long newest = long.MinValue;
    private long lampSequence = -1;
    private ControlMode? mode;

    /// <summary>A frame has come in its time.</summary>
    public void Come(Frame frame) => missing.Come(frame.Second);

    /// <summary>Takes in the frame of an earlier second.</summary>
    /// <param name="events">Where to put what has to be recorded.</param>
    /// <returns>Why it is not believed, in a few words; null if nothing is wrong.</returns>
    public string? Believe(Frame frame, long revision, List<IntersectionEvent> events)
    {
        if (FrameCheck.Complaint(model, frame) is { } complaint) return complaint;
        if (!missing.TryFill(frame.Second)) return "the frame of that second is known";
        if (frame.Second <= newest) alarms = new(model.Signals);
        newest = frame.Second;
        if (frame.Mode != mode) events.Add(IntersectionEvent.Mode(frame.Second, frame.Mode));
        if (frame.Signals.LampSequence != lampSequence) events.Add(IntersectionEvent.Lamps(frame));
        if (alarms.Observe(frame) is { } alarm) events.Add(IntersectionEvent.Violated(revision, alarm.Violation, alarm.By, frame.Signals));
        (mode, lampSequence) = (frame.Mode, frame.Signals.LampSequence);
        return null;
    }
}
