using TrafficAI.Signals;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Judges each second by the decider: what it makes of the last frame and of the wish in force is what must be shown next. Where the
/// configuration has a maximum red, the calls are the controller's own affair: then any wish will do.</summary>
internal sealed class DeciderJudge(Transcript transcript, IntersectionSignals signals, Findings findings)
{
    private readonly IntersectionSignals unlimited = signals with { MaximumRedSeconds = null };
    private readonly AllRedJudge allRed = new(signals, transcript.Minor, findings);
    private readonly HashSet<(ulong Boot, ulong Sequence)> departures = [];
    private Wire.Plan? held;

    /// <summary>Plans accepted up to this sequence were forgotten.</summary>
    private ulong ended;

    /// <summary>A start or a closing runs; with a single phase its frames look like those of a passage.</summary>
    private bool isApart;

    private int localSeconds;
    private int planSeconds;
    private int wishes;
    private int heldBack;
    private int passageSeconds;
    private int leasesOver;

    public void Judge()
    {
        foreach (var boot in transcript.Boots())
        {
            (held, ended, isApart) = (null, 0, true);
            foreach (var (before, now) in boot.Zip(boot.Skip(1)))
            {
                Hold(before.Frame);
                isApart = Shown.IsOff(before.Frame) || (before.Frame.NextPhase == before.Frame.Phase && (isApart || before.Frame.Mode == Wire.ControlMode.Off));
                if (now.Frame.Sequence == before.Frame.Sequence + 1) Second(before.Frame, now.Frame);
            }
        }

        Passed("C-LOCAL-01", localSeconds, "s without a plan");
        Passed("C-LOCAL-02", localSeconds, "s without a plan");
        Passed("C-PLAN-02", planSeconds, "s under a plan");
        Passed("C-PLAN-04", planSeconds, "s under a plan");
        Passed("C-PLAN-03", wishes, "wishes granted at once");
        Passed("C-DEC-01", passageSeconds, "s of passages");
        Passed("C-DEC-02", heldBack, "s in which a wish was held back");
        Passed("C-LEASE-01", leasesOver, "leases that ended");
        allRed.Conclude();
        if (signals.Phases.Length == 1) NotApplicableWithOnePhase();
        if (signals.Interphases.All(passage => passage.Length == 0)) findings.NotApplicable("C-DEC-01", "its passages take no time");
    }

    /// <summary>Whether nothing departed from what was expected in frames of a boot from one sequence to another, both included.</summary>
    public bool WasAsExpected(ulong boot, ulong from, ulong to) => !departures.Any(d => d.Boot == boot && d.Sequence >= from && d.Sequence <= to);

    private void NotApplicableWithOnePhase()
    {
        foreach (var rule in (string[])["C-DEC-01", "C-DEC-02", "C-PLAN-03"]) findings.NotApplicable(rule, "it has a single phase");
    }

    private void Passed(string rule, int seen, string what)
    {
        if (seen > 0) findings.Pass(rule, $"{seen} {what}");
    }

    /// <summary>The plan in force after a frame; who is off or in a fault forgets it.</summary>
    private void Hold(Wire.Frame frame)
    {
        var newest = transcript.Plans.LastOrDefault(plan => plan.Plan.Head.Boot == frame.Boot && plan.After <= frame.Sequence);
        if (frame.Mode is Wire.ControlMode.Off or Wire.ControlMode.Fault) ended = newest?.After ?? 0;
        held = newest is null || newest.After <= ended ? null : newest.Plan;
    }

    private void Second(Wire.Frame before, Wire.Frame now)
    {
        if (isApart || IsStopped(before) || IsStopped(now) || before.Lamps.Count != signals.Groups.Length || before.Phase > signals.Phases.Length || before.NextPhase > signals.Phases.Length) return;
        var since = (long)(before.Sequence - (held?.BaseSequence ?? 0));
        var obeys = held is not null && since < held.LeaseSeconds;
        Mode(before, now, obeys);
        var wanted = obeys ? Wanted(before, since) : signals.LocalPlan.PhaseAt(before.Second);
        var asks = obeys && since < held!.AllRedUntil;
        var step = SignalDecider.Advance(unlimited, Shown.StateOf(before), wanted, clears: asks);
        if (IsShown(now, step.State) || (MayDiffer(before) && IsSomeWish(before, now))) allRed.Count(before, now, asks, step.Bound);
        else Depart(before, now, allRed.Broken(before, now, asks, step.Bound) ?? Broken(before, obeys, step), step);
        Count(before, obeys, step);
    }

    private static bool IsStopped(Wire.Frame frame) => frame.Mode is Wire.ControlMode.Off or Wire.ControlMode.Fault || Shown.IsOff(frame);

    private void Mode(Wire.Frame before, Wire.Frame now, bool obeys)
    {
        if (obeys)
        {
            planSeconds++;
            if (now.Mode != Wire.ControlMode.Plan) findings.Fail("C-PLAN-02", $"frame {now.Sequence}: the mode is {now.Mode} under plan {held!.Head.Sequence}");
            else if (now.Plan is not { } name || name.Epoch != held!.Head.Epoch || name.Sequence != held.Head.Sequence)
                findings.Fail("C-PLAN-04", $"frame {now.Sequence} names {(now.Plan is { } other ? $"plan {other.Sequence}" : "no plan")}; held is {held!.Head.Sequence}");
            return;
        }

        localSeconds++;
        if (held is not null && before.Mode == Wire.ControlMode.Plan) leasesOver++;
        if (now.Mode == Wire.ControlMode.Local) return;
        findings.Fail(held is null ? "C-LOCAL-01" : "C-LEASE-01", $"frame {now.Sequence}: the mode is {now.Mode} without a plan in force");
    }

    private PhaseId Wanted(Wire.Frame before, long since)
    {
        var wanted = new PhaseId((int)(before.NextPhase != 0 ? before.NextPhase : before.Phase));
        foreach (var entry in held!.Entries)
            if (entry.Planned <= since) wanted = new((int)entry.Phase);
        return wanted;
    }

    private static bool IsShown(Wire.Frame frame, SignalState expected) =>
        frame.Phase == expected.Phase.Number && frame.NextPhase == (expected.Next?.Number ?? 0) && Shown.LampsOf(frame).SequenceEqual(expected.Lamps);

    private bool MayDiffer(Wire.Frame before) => signals.MaximumRedSeconds is not null || (allRed.MayLeaveIt && allRed.IsAllRed(before));

    private bool IsSomeWish(Wire.Frame before, Wire.Frame now) =>
        signals.Phases.Any(phase => IsShown(now, SignalDecider.Advance(unlimited, Shown.StateOf(before), phase.Id).State));

    private static string Broken(Wire.Frame before, bool obeys, SignalStep step) =>
        before.NextPhase != 0 ? "C-DEC-01" : step.Bound != Guard.None ? "C-DEC-02" : obeys ? "C-PLAN-03" : "C-LOCAL-02";

    private void Depart(Wire.Frame before, Wire.Frame now, string rule, SignalStep step)
    {
        departures.Add((now.Boot, now.Sequence));
        findings.Fail(rule, $"frame {now.Sequence} shows {Shown.Describe(now)}, expected after {Shown.Describe(before)} is "
            + $"{step.State.Phase}{(step.State.Next is { } next ? $">{next}" : "")} {Shown.Letters(step.State.Lamps)}");
    }

    private void Count(Wire.Frame before, bool obeys, SignalStep step)
    {
        if (before.NextPhase != 0) passageSeconds++;
        else if (step.Bound != Guard.None) heldBack++;
        else if (obeys && step.State.Target.Number != before.Phase) wishes++;
    }
}
