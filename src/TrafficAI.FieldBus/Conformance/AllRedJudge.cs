using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Judges the seconds of all red that a plan may lengthen.</summary>
/// <param name="minor">The minor version of the contract that the controller speaks.</param>
internal sealed class AllRedJudge(IntersectionSignals signals, uint minor, Findings findings)
{
    private const uint SinceMinor = 2;

    /// <summary>Without a limit the decider shows such a second again whenever it is asked to: so it tells which seconds they are.</summary>
    private readonly IntersectionSignals endless = signals with { MaximumRedSeconds = null, AllRedExtensionSeconds = int.MaxValue };

    private int lengthened;
    private int atLimit;
    private int unasked;

    /// <summary>Whether the controller may leave all red as it is, whatever is asked: it speaks a version that does not know of it.</summary>
    public bool MayLeaveIt => minor < SinceMinor;

    /// <summary>Whether a frame shows the second of a passage that may be lengthened.</summary>
    public bool IsAllRed(Wire.Frame frame)
    {
        if (frame.NextPhase == 0 || frame.Lamps.Count != signals.Groups.Length || frame.Phase > signals.Phases.Length || frame.NextPhase > signals.Phases.Length) return false;
        var state = Shown.StateOf(frame);
        return SignalDecider.IsOwn(signals, state) && SignalDecider.Choose(endless, state, state.Target, clears: true).Bound == Guard.AllRed;
    }

    /// <summary>Whether a frame shows that second again.</summary>
    public bool IsAgain(Wire.Frame before, Wire.Frame now) =>
        (before.Phase, before.NextPhase) == (now.Phase, now.NextPhase) && before.Lamps.SequenceEqual(now.Lamps) && IsAllRed(before);

    /// <summary>A second that shows what it should.</summary>
    /// <param name="asks">The plan in force wants all red to be longer.</param>
    /// <param name="bound">What the decider says of the second.</param>
    public void Count(Wire.Frame before, Wire.Frame now, bool asks, Guard bound)
    {
        if (!IsAllRed(before)) return;
        if (IsAgain(before, now)) lengthened++;
        else if (!asks) unasked++;
        else if (bound != Guard.AllRed) atLimit++;
    }

    /// <summary>The rule that is broken by what is shown after a second, where it is about the length of all red; else null.</summary>
    public string? Broken(Wire.Frame before, Wire.Frame now, bool asks, Guard bound) =>
        IsAgain(before, now) ? asks ? "C-DEC-04" : "C-DEC-05" : bound == Guard.AllRed ? "C-DEC-03" : null;

    public void Conclude()
    {
        if (lengthened > 0) findings.Pass("C-DEC-03", $"{lengthened} s by which all red was lengthened");
        if (atLimit > 0) findings.Pass("C-DEC-04", $"{atLimit} times that all red ended at the limit");
        if (unasked > 0) findings.Pass("C-DEC-05", $"{unasked} times that all red was shown as long as it is");
        else findings.NotApplicable("C-DEC-05", "no passage has shown all red");
        if (Exemption() is not { } reason) return;
        findings.NotApplicable("C-DEC-03", reason);
        findings.NotApplicable("C-DEC-04", reason);
    }

    private string? Exemption() =>
        MayLeaveIt ? $"it speaks minor version {minor}, all red is lengthened since {SinceMinor}"
        : signals.AllRedExtensionSeconds == 0 ? "no plan may lengthen its all red"
        : signals.MaximumRedSeconds is not null ? "its maximum red may stand against it"
        : lengthened + atLimit + unasked == 0 ? "no passage has shown all red"
        : null;
}
