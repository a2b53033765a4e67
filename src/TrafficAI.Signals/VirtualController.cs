namespace TrafficAI.Signals;

/// <summary>The twin of the device in the cabinet: executes plans second by second through its own decider, falls back to its
/// local plan when the lease has run out, and goes to flashing amber when its monitor sees a violation.</summary>
public sealed class VirtualController
{
    private readonly StartUp startUp;
    private ConflictMonitor monitor;

    /// <summary>The newest plan, whether it is still obeyed or not.</summary>
    private PhasePlan? held;

    /// <summary>First second at which the held plan is no longer obeyed.</summary>
    private long leaseEnd = long.MinValue;

    /// <summary>First second of the start-up after a release, or null.</summary>
    private long? released;

    /// <param name="signals">The intersection.</param>
    /// <param name="second">The street second that is about to begin: the first <see cref="Step"/> shows it. Until then
    /// <see cref="State"/> is what the local plan showed in the second before.</param>
    public VirtualController(IntersectionSignals signals, long second)
    {
        Signals = signals;
        startUp = new(signals);
        monitor = new(signals);
        State = SignalDecider.Start(signals, second - 1);
        Letters = SignalDecider.Letters(signals, State);
        monitor.Observe(State.Second, State.Lamps);
    }

    public IntersectionSignals Signals { get; }

    public ControlMode Mode { get; private set; } = ControlMode.Local;

    /// <summary>What is shown during <see cref="SignalState.Second"/>.</summary>
    public SignalState State { get; private set; }

    /// <summary>The SUMO letters of what is shown.</summary>
    public string Letters { get; private set; }

    /// <summary>What the monitor saw, from then until the release; else null.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>Takes a plan, or says why not. The plan held before stays held if this one is refused. The very same plan again is
    /// harmless.</summary>
    public PlanReply Accept(PhasePlan plan)
    {
        if (plan.Intersection != Signals.Id) return PlanReply.WrongIntersection;
        if (Mode == ControlMode.Fault) return PlanReply.Fault;
        var next = State.Second + 1;
        var same = held is not null && IsSame(plan, held);
        if (held is not null && !same && (plan.Epoch, plan.Sequence).CompareTo((held.Epoch, held.Sequence)) <= 0) return PlanReply.Stale;
        var end = same ? leaseEnd : LeaseEnd(plan, next);
        if (next >= end) return PlanReply.LeaseExpired;
        if (plan.Entries.IsDefaultOrEmpty || !plan.Entries.All(entry => SignalDecider.IsKnown(Signals, entry.Phase)))
            return PlanReply.UnknownPhase;
        (held, leaseEnd) = (plan, end);
        return PlanReply.Accepted;
    }

    /// <summary>Moves on by one second.</summary>
    public void Step()
    {
        if (Mode == ControlMode.Fault) ShowFault();
        else if (released is { } since && State.Second + 1 - since < startUp.Length) ShowStartUp(since);
        else if (released is not null) ShowFirstPhase();
        else ShowWanted();
    }

    /// <summary>A person ends the fault: amber, then all red, then the first phase of the local plan; plans from before are not obeyed.
    /// Without a fault nothing happens.</summary>
    public void Release()
    {
        if (Mode != ControlMode.Fault) return;
        Mode = ControlMode.Local;
        Violation = null;
        leaseEnd = long.MinValue;
        released = State.Second + 1;
        monitor = new(Signals);
    }

    private void ShowWanted()
    {
        var next = State.Second + 1;
        var obeys = held is not null && next < leaseEnd;
        Mode = obeys ? ControlMode.Plan : ControlMode.Local;
        var wanted = obeys ? WantedByPlan(held!, next) : Signals.LocalPlan.PhaseAt(next);
        var state = SignalDecider.Advance(Signals, State, wanted).State;
        Show(state, SignalDecider.Letters(Signals, state));
    }

    private PhaseId WantedByPlan(PhasePlan plan, long second)
    {
        var wanted = State.Target;
        foreach (var entry in plan.Entries)
            if (entry.Planned <= second) wanted = entry.Phase;
        return wanted;
    }

    private void ShowFault() =>
        (State, Letters) = (SignalDecider.Show(State, State.Phase, null, State.Elapsed + 1, startUp.FaultLamps), startUp.FaultLetters);

    private void ShowStartUp(long since)
    {
        var second = (int)(State.Second + 1 - since);
        var image = startUp.Image(second);
        Show(SignalDecider.Show(State, startUp.First, startUp.First, second + 1, image.Lamps), image.Letters);
    }

    private void ShowFirstPhase()
    {
        released = null;
        var lamps = SignalDecider.LampsOf(Signals, startUp.First);
        Show(SignalDecider.Show(State, startUp.First, null, 1, lamps), Signals.Phase(startUp.First).Letters);
    }

    /// <summary>Shows what the monitor lets pass, else flashing amber in the same second.</summary>
    private void Show(SignalState state, string letters)
    {
        Violation = monitor.Observe(state.Second, state.Lamps);
        if (Violation is null)
        {
            (State, Letters) = (state, letters);
            return;
        }

        Mode = ControlMode.Fault;
        released = null;
        (State, Letters) = (SignalDecider.Show(State, State.Phase, null, 1, startUp.FaultLamps), startUp.FaultLetters);
    }

    /// <summary>A plan that claims to come from the future is obeyed for its lease from now on, not from then.</summary>
    private static long LeaseEnd(PhasePlan plan, long next)
    {
        var based = Math.Min(plan.BasedOnSecond, next);
        if (plan.LeaseSeconds <= 0) return long.MinValue;
        return based > long.MaxValue - plan.LeaseSeconds ? long.MaxValue : based + plan.LeaseSeconds;
    }

    private static bool IsSame(PhasePlan plan, PhasePlan held) =>
        plan with { Entries = held.Entries } == held
        && !plan.Entries.IsDefault && plan.Entries.SequenceEqual(held.Entries);
}
