using System.Collections.Immutable;

namespace TrafficAI.Signals;

/// <summary>The twin of the device in the cabinet: executes plans second by second through its own decider, falls back to its
/// local plan when the lease has run out, and goes to flashing amber when its monitor sees a violation. A step without a change of phase
/// allocates nothing. Not thread-safe.</summary>
public sealed class VirtualController
{
    private readonly SignalTables tables;
    private readonly FlashSequences sequences;
    private readonly ConflictMonitor monitor;
    private readonly RunningSignals running;
    private Activity activity = Activity.Phases;

    /// <summary>While closing or flashing after <see cref="SwitchOff"/>: start again as soon as amber has flashed.</summary>
    private bool startsAgain;

    /// <summary>The state as last asked for, while it still is the state.</summary>
    private SignalState? picture;

    /// <summary>The newest plan, whether it is still obeyed or not.</summary>
    private PhasePlan? held;

    /// <summary>First second at which the held plan is no longer obeyed.</summary>
    private long leaseEnd = long.MinValue;

    /// <summary>By how much the clock was set since the held plan came: its entries are of the count before.</summary>
    private long heldShift;

    /// <summary>First second at which switched off ends by itself.</summary>
    private long offEnd = long.MaxValue;

    /// <param name="signals">The intersection.</param>
    /// <param name="second">The street second that is about to begin: the first <see cref="Step"/> shows it. Until then
    /// <see cref="State"/> is what the local plan showed in the second before.</param>
    public VirtualController(IntersectionSignals signals, long second)
        : this(signals, SignalDecider.Start(signals, second - 1), isOwn: true)
    {
    }

    private VirtualController(IntersectionSignals signals, SignalState state, bool isOwn)
    {
        Signals = signals;
        tables = SignalTables.Of(signals);
        sequences = new(signals);
        monitor = new(signals);
        running = new(state);
        picture = state;
        if (isOwn) Letters = SignalDecider.Letters(signals, state.Phase, state.Next, state.Elapsed);
        else (activity, startsAgain, Letters) = (Activity.Flashing, true, sequences.Dark.Letters);
        monitor.Observe(state.Second, state.Lamps);
    }

    /// <summary>What the device does.</summary>
    private enum Activity
    {
        Phases,

        /// <summary>Switched off, but a minimum still runs.</summary>
        Finishing,
        Closing,
        Flashing,
        Starting,
    }

    public IntersectionSignals Signals { get; }

    public ControlMode Mode { get; private set; } = ControlMode.Local;

    /// <summary>What is shown during <see cref="SignalState.Second"/>. In a start or on the way to flashing amber
    /// <see cref="SignalState.Next"/> is the phase itself.</summary>
    public SignalState State => picture ??= running.Picture();

    /// <summary>The street second of which the lamps are shown now.</summary>
    public long Second => running.Second;

    /// <summary>What each group shows now.</summary>
    public ImmutableArray<Lamp> Lamps => running.Lamps;

    /// <summary>The SUMO letters of what is shown.</summary>
    public string Letters { get; private set; }

    /// <summary>The newest plan accepted, obeyed while the mode is <see cref="ControlMode.Plan"/>; null before the first.</summary>
    public PhasePlan? Held => held;

    /// <summary>For how many seconds after this one <see cref="Held"/> will still be obeyed, unless a newer plan comes; 0 when it is not.</summary>
    public long LeaseLeft => leaseEnd == long.MinValue ? 0 : Math.Max(0, leaseEnd - 1 - Second);

    /// <summary>What the monitor saw, from then until the release; else null.</summary>
    public Violation? Violation { get; private set; }

    /// <summary>A controller that has just got its power back: dark until the first <see cref="Step"/>, which begins the start: amber, all
    /// red, first phase of the local plan.</summary>
    /// <param name="signals">The intersection.</param>
    /// <param name="second">The street second that is about to begin.</param>
    public static VirtualController ColdStart(IntersectionSignals signals, long second)
    {
        var dark = new FlashSequences(signals);
        var ages = new int[signals.Groups.Length];
        Array.Fill(ages, 1);
        return new(signals, new(second - 1, dark.First, null, 1, dark.Dark.Lamps, [.. ages], 0), isOwn: false);
    }

    /// <summary>A controller that goes on from what it showed last, in the middle of a passage too; its plan is forgotten. From a state that
    /// no run of phases shows it flashes amber and starts anew.</summary>
    /// <param name="signals">The intersection.</param>
    /// <param name="state">The last state shown: the first <see cref="Step"/> shows the second after it.</param>
    /// <exception cref="ArgumentException">The state has not one lamp and one age per group.</exception>
    public static VirtualController Resume(IntersectionSignals signals, SignalState state)
    {
        if (state.Lamps.Length != signals.Groups.Length || state.LampSeconds.Length != signals.Groups.Length)
            throw new ArgumentException($"{state.Lamps.Length} lamps for {signals.Groups.Length} groups of '{signals.Id}'. Give one per group.", nameof(state));
        var isOwn = SignalDecider.IsOwn(signals, state);
        return new(signals, isOwn ? state : state with { Phase = signals.LocalPlan.Steps[0].Phase, Next = null, Elapsed = 1 }, isOwn);
    }

    /// <summary>Takes a plan, or says why not. The plan held before stays held if this one is refused. The very same plan again is
    /// harmless.</summary>
    public PlanReply Accept(PhasePlan plan)
    {
        var reply = Judge(plan);
        if (reply != PlanReply.Accepted || IsHeld(plan)) return reply;
        (held, leaseEnd, heldShift) = (plan, LeaseEnd(plan, Second + 1), 0);
        return reply;
    }

    /// <summary>What <see cref="Accept"/> would answer; nothing changes.</summary>
    public PlanReply Judge(PhasePlan plan)
    {
        if (plan.Intersection != Signals.Id) return PlanReply.WrongIntersection;
        if (Mode == ControlMode.Fault) return PlanReply.Fault;
        if (Mode == ControlMode.Off) return PlanReply.Off;
        var next = Second + 1;
        var same = IsHeld(plan);
        if (held is not null && !same && (plan.Epoch, plan.Sequence).CompareTo((held.Epoch, held.Sequence)) <= 0) return PlanReply.Stale;
        var end = same ? leaseEnd : LeaseEnd(plan, next);
        if (next >= end) return PlanReply.LeaseExpired;
        if (plan.Entries.IsDefaultOrEmpty || !plan.Entries.All(entry => SignalDecider.IsKnown(Signals, entry.Phase)))
            return PlanReply.UnknownPhase;
        return PlanReply.Accepted;
    }

    /// <summary>Moves on by one second.</summary>
    /// <param name="calls">Who waits; by default no group has a healthy detector, and all wait from red.</param>
    /// <exception cref="ArgumentException">The calls are not those of this intersection.</exception>
    public void Step(Calls calls = default)
    {
        calls.Check(tables.Groups);
        if (Second + 1 >= offEnd) SwitchOn();
        if (Mode == ControlMode.Fault) Flash();
        else if (activity == Activity.Flashing) FlashOrStart();
        else if (activity == Activity.Starting) Start();
        else if (activity == Activity.Closing || (activity == Activity.Finishing && running.Next is null && sequences.MayClose(running.View))) Close();
        else ShowWanted(calls);
    }

    /// <summary>A person ends the fault: amber, then all red, then the first phase of the local plan; plans from before are not obeyed.
    /// Without a fault nothing happens.</summary>
    public void Release()
    {
        if (Mode != ControlMode.Fault) return;
        (Mode, activity, startsAgain, Violation) = (ControlMode.Local, Activity.Flashing, true, null);
    }

    /// <summary>The device itself has failed (a lamp, its supply): flashing amber from the next second on, until <see cref="Release"/>.</summary>
    public void Fail() => (Mode, leaseEnd) = (ControlMode.Fault, long.MinValue);

    /// <summary>A person wants flashing amber: every green ends in order, then all red, then amber flashes; plans are refused. In a fault
    /// nothing happens.</summary>
    /// <param name="seconds">It ends by itself after so many; null for never.</param>
    public void SwitchOff(int? seconds = null)
    {
        if (Mode == ControlMode.Fault) return;
        (Mode, leaseEnd, startsAgain) = (ControlMode.Off, long.MinValue, false);
        offEnd = seconds is { } length ? Second + 1 + length : long.MaxValue;
        if (activity == Activity.Phases) activity = Activity.Finishing;
        else if (activity == Activity.Starting) activity = Activity.Flashing;
    }

    /// <summary>A person wants the phases back after <see cref="SwitchOff"/>; what has begun to end does so first. Else nothing happens.</summary>
    public void SwitchOn()
    {
        offEnd = long.MaxValue;
        if (Mode != ControlMode.Off) return;
        Mode = ControlMode.Local;
        if (activity == Activity.Finishing) activity = Activity.Phases;
        else startsAgain = true;
    }

    /// <summary>The count of street seconds was set: the coming second is <paramref name="next"/>. Nothing that runs gets longer or
    /// shorter; a lease, the entries of the held plan and the end of an off keep the seconds that they have left.</summary>
    public void SetClock(long next)
    {
        var shift = next - 1 - Second;
        if (leaseEnd != long.MinValue && leaseEnd != long.MaxValue) leaseEnd += shift;
        if (offEnd != long.MaxValue) offEnd += shift;
        heldShift += shift;
        monitor.SetClock(next);
        running.SetClock(next);
        picture = null;
    }

    private void ShowWanted(Calls calls)
    {
        var next = Second + 1;
        var obeys = held is not null && next < leaseEnd;
        if (Mode != ControlMode.Off) Mode = obeys ? ControlMode.Plan : ControlMode.Local;
        var wanted = activity == Activity.Finishing ? running.Next ?? running.Phase
            : obeys ? WantedByPlan(held!, next) : Signals.LocalPlan.PhaseAt(next);
        var move = SignalDecider.Choose(tables, running.View, wanted, calls, obeys && next - heldShift < held!.AllRedUntil);
        Show(move, SignalDecider.Letters(Signals, move.Phase, move.Next, move.Elapsed));
    }

    private PhaseId WantedByPlan(PhasePlan plan, long second)
    {
        var wanted = running.Next ?? running.Phase;
        foreach (var entry in plan.Entries)
            if (entry.Planned <= second - heldShift) wanted = entry.Phase;
        return wanted;
    }

    private void FlashOrStart()
    {
        if (startsAgain && IsOff()) Start();
        else Flash();
    }

    /// <summary>Flashing amber at once. The monitor sees it, so that it knows who comes back from it, but cannot ask for more.</summary>
    private void Flash()
    {
        monitor.Observe(Second + 1, sequences.Flashing.Lamps);
        ShowFlashing();
    }

    private void ShowFlashing()
    {
        running.Show(new(running.Phase, null, IsOff() ? running.Elapsed + 1 : 1, sequences.Flashing.Lamps, Guard.None));
        (picture, Letters) = (null, sequences.Flashing.Letters);
    }

    private bool IsOff()
    {
        foreach (var lamp in Lamps)
            if (lamp is not (Lamp.FlashingAmber or Lamp.Dark)) return false;
        return true;
    }

    private void Start()
    {
        var elapsed = activity == Activity.Starting ? running.Elapsed : 0;
        var first = sequences.First;
        (activity, startsAgain) = (Activity.Starting, false);
        if (elapsed < sequences.StartSeconds)
        {
            var image = sequences.Start(elapsed);
            Show(new(first, first, elapsed + 1, image.Lamps, Guard.None), image.Letters);
            return;
        }

        activity = Activity.Phases;
        Show(new(first, null, 1, tables.PhaseLamps[first.Index], Guard.None), Signals.Phase(first).Letters);
    }

    private void Close()
    {
        var elapsed = activity == Activity.Closing ? running.Elapsed : 0;
        var (phase, closing) = (running.Phase, sequences.Closing(running.Phase));
        var ended = elapsed == closing.Length;
        activity = ended ? Activity.Flashing : Activity.Closing;
        var image = ended ? sequences.Flashing : closing[elapsed];
        Show(new(phase, ended ? null : phase, ended ? 1 : elapsed + 1, image.Lamps, Guard.None), image.Letters);
    }

    /// <summary>Shows what the monitor lets pass, else flashing amber in the same second.</summary>
    private void Show(in SignalMove move, string letters)
    {
        Violation = monitor.Observe(Second + 1, move.Lamps);
        if (Violation is null)
        {
            running.Show(move);
            (picture, Letters) = (null, letters);
            return;
        }

        (Mode, leaseEnd) = (ControlMode.Fault, long.MinValue);
        ShowFlashing();
    }

    /// <summary>A plan that claims to come from the future is obeyed for its lease from now on, not from then.</summary>
    private static long LeaseEnd(PhasePlan plan, long next)
    {
        var based = Math.Min(plan.BasedOnSecond, next);
        if (plan.LeaseSeconds <= 0) return long.MinValue;
        return based > long.MaxValue - plan.LeaseSeconds ? long.MaxValue : based + plan.LeaseSeconds;
    }

    private bool IsHeld(PhasePlan plan) =>
        held is not null && plan with { Entries = held.Entries } == held
        && !plan.Entries.IsDefault && plan.Entries.SequenceEqual(held.Entries);
}
