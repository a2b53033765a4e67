using System.Collections.Immutable;
using TrafficAI.Runtime.Events;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Who saw a violation first.</summary>
public enum Witness : byte
{
    /// <summary>The controller's own monitor.</summary>
    Controller,

    /// <summary>The monitor beside the actor, which sees only the lamps that frames report.</summary>
    Server,
}

/// <summary>Raises an alarm when the controller reports a violation, or when a monitor of its own finds one in the lamps shown. An alarm
/// stands until a person has had the controller in fault or switched off, and lets it run again.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class AlarmWatch(IntersectionSignals signals)
{
    private readonly ConflictMonitor monitor = new(signals);
    private readonly HashSet<(SafetyRule, int, int)> raised = [];
    private readonly List<Violation> all = [];
    private bool halted;
    private long? told;

    /// <summary>The last violation, until its release; else null. While it stands nothing may be planned.</summary>
    public Violation? Standing { get; private set; }

    /// <summary>Every violation so far.</summary>
    public IReadOnlyList<Violation> All => all;

    /// <summary>Takes in a frame; seconds rise.</summary>
    /// <returns>A violation that was not known yet, and who saw it; null for none.</returns>
    public (Violation Violation, Witness By)? Observe(Frame frame)
    {
        var found = monitor.Observe(frame.Signals.Second, frame.Signals.Lamps);
        Release(frame.Mode);
        if (frame.Violation is { } reported) return Report(reported);
        // Flashing amber cuts short whatever it meets.
        return found is null || AreOff(frame.Signals.Lamps) ? null : Raise(found, Witness.Server);
    }

    /// <summary>Takes over a violation that was recorded before the watch began; one that it knows already changes nothing.</summary>
    /// <exception cref="RecordException">It names no group, or a rule that this build does not know.</exception>
    public void Believe(ViolationFound found)
    {
        if (found.Groups.IsDefaultOrEmpty) throw new RecordException("A violation names no signal group.");
        Raise(
            new(found.Second, RuleNames.Parse(found.Rule), found.Groups[0] - 1, found.Groups.Length > 1 ? found.Groups[1] - 1 : -1, found.Text),
            found.SeenBy == "controller" ? Witness.Controller : Witness.Server);
    }

    private void Release(ControlMode mode)
    {
        var before = halted;
        halted = mode is ControlMode.Fault or ControlMode.Off;
        if (halted || !before) return;
        Standing = null;
        told = null;
        raised.Clear();
    }

    // A controller reports a violation until its release, so another second is another violation: its release was in frames that got lost.
    private (Violation, Witness)? Report(Violation reported)
    {
        if (told is { } before && before != reported.Second) raised.Clear();
        told = reported.Second;
        return Raise(reported, Witness.Controller);
    }

    private (Violation, Witness)? Raise(Violation violation, Witness by)
    {
        if (!raised.Add((violation.Rule, violation.GroupA, violation.GroupB))) return null;
        Standing = violation;
        all.Add(violation);
        return (violation, by);
    }

    private static bool AreOff(ImmutableArray<Lamp> lamps)
    {
        foreach (var lamp in lamps)
        {
            if (lamp is not (Lamp.FlashingAmber or Lamp.Dark)) return false;
        }

        return true;
    }
}
