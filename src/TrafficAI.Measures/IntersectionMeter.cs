using TrafficAI.Signals;

namespace TrafficAI.Measures;

/// <summary>Measures one intersection from what its log says, fact by fact. It may be asked at any time: what has been told so far gives the same figures to the bit, whether it
/// came at once or in pieces.</summary>
/// <remarks>Frames come in the order of their stream, and so do the other facts; how the two are mixed makes no difference, nor does where a window begins: what began before it
/// goes on within. Not thread-safe.</remarks>
public sealed class IntersectionMeter
{
    private readonly IntersectionLayout layout;
    private readonly LampHistory lamps;
    private readonly TrackedSight tracked;
    private readonly LoopSight loops;
    private readonly LaneWatch[] lanes;
    private readonly GroupWatch[] groups;
    private readonly ExitLoops exits;
    private readonly TurnMatcher turns;
    private readonly CountdownWatch[] countdowns;
    private readonly StuckPhase stuck = new();
    private readonly LaneSecond[] seen;
    private readonly List<Arrival> arrived = [];
    private Sensing? sensing;

    /// <param name="window">What is measured.</param>
    public IntersectionMeter(IntersectionLayout layout, MeasureWindow window)
    {
        this.layout = layout;
        Bins = new(layout, window);
        Link = new(window);
        Diagram = new(layout);
        lamps = new(layout);
        tracked = new(layout, lamps);
        loops = new(layout, lamps);
        lanes = [.. layout.Lanes.Select(lane => new LaneWatch(lane.Index))];
        groups = [.. layout.Groups.Select(group => new GroupWatch(group))];
        countdowns = layout.Signals is { } signals ? [.. signals.Groups.Where(g => g.CountdownSeconds > 0).Select(g => new CountdownWatch(signals, g.Index))] : [];
        exits = new(layout);
        turns = new(layout);
        seen = new LaneSecond[layout.Lanes.Length];
    }

    public IntersectionLayout Layout => layout;

    /// <summary>The newest street second whose frame has come, and one more; null before the first.</summary>
    public long? End => Link.LastFrame;

    /// <summary>Arrivals and lamps, second by second.</summary>
    public SignalDiagram Diagram { get; }

    /// <summary>Per stop lane what was seen in the last second.</summary>
    internal ReadOnlySpan<LaneSecond> Seen => seen;

    /// <summary>Who came to a stop line in the last second.</summary>
    internal IReadOnlyList<Arrival> Arrived => arrived;

    internal TallyBins Bins { get; }

    internal LinkWatch Link { get; }

    internal FactBook Facts { get; } = new();

    /// <summary>Takes the next frame. One that is no newer than the frame before, or cannot be of this intersection, is counted and left out.</summary>
    public void Take(Frame frame)
    {
        var second = frame.Second - 1;
        if (frame.Second <= Link.LastFrame || !Fits(frame))
        {
            Bins.At((Link.LastFrame ?? frame.Second) - 1).Add(Count.Refused);
            return;
        }

        var tally = Bins.At(second);
        var isWhole = Link.Come(frame.Second);
        if (!isWhole || (sensing is { } was && was != frame.Readings.Sensing)) Break(isWhole);
        sensing = frame.Readings.Sensing;
        CountSecond(frame, tally);
        lamps.Show(second, frame.Signals.Lamps);
        See(frame, tally);
        for (var lane = 0; lane < lanes.Length; lane++) lanes[lane].Observe(second, lamps.At(second, lane), seen[lane], tally);
        for (var group = 0; group < groups.Length; group++) groups[group].Observe(second, frame.Signals.Lamps[group], frame.Mode == ControlMode.Local, tally);
        foreach (var countdown in countdowns) countdown.Observe(frame.Signals, tally);
        exits.Observe(frame.Readings.Loops, tally);
        turns.Observe(second, seen, frame.Readings.Loops, Bins);
        stuck.Observe(frame.Signals, lamps, seen, tally);
        Diagram.Take(second, frame.Signals.Lamps, arrived);
    }

    /// <summary>Takes another fact.</summary>
    public void Take(Fact fact)
    {
        var tally = Bins.At(fact.Second);
        switch (fact)
        {
            case Fact.FrameMissed: Link.Miss(fact.Second); break;
            case Fact.ToldLater later: tally.Add(Count.ToldLater, later.Frames); break;
            case Fact.ViolationFound: tally.Add(Count.Violations); break;
            case Fact.Preempted: tally.Add(Count.Preemptions); break;
            case Fact.PedestrianCalled called when Has(called.Group): groups[called.Group].Call(called.Second); break;
            case Fact.GreenEnded ended when Has(ended.Group): tally.Add(CountOf(ended.Ending), ended.Group); break;
            case Fact.Decided decided: Decide(decided, tally); break;
            default: Facts.Take(fact); break;
        }
    }

    /// <summary>The detectors that are not believed in a second, each since when.</summary>
    public IEnumerable<(string Detector, long Since)> FaultyDetectors(long second)
    {
        foreach (var detector in Facts.Detectors.Names)
            if (Facts.Detectors.Since(detector, second) is { } since) yield return (detector, since);
    }

    /// <summary>Forgets what lies wholly before a second, so that a server may run for ever.</summary>
    public void Forget(long before)
    {
        Bins.Forget(before);
        Facts.Forget(before);
        Link.Forget(before);
        Diagram.Forget(before);
    }

    private bool Has(int group) => group >= 0 && group < groups.Length;

    private bool Fits(Frame frame)
    {
        if (frame.Signals.Lamps.Length != layout.Groups.Length || frame.Readings.Loops.Length != layout.Detectors.Length) return false;
        foreach (var seen in frame.Readings.Objects)
            if (seen.Lane >= layout.Sights.Length) return false;
        return layout.Signals is not { } signals || Fits(signals, frame.Signals);
    }

    private static bool Fits(IntersectionSignals signals, SignalState shown)
    {
        if (shown.Phase.Number < 1 || shown.Phase.Number > signals.Phases.Length || shown.Elapsed < 1) return false;
        if (shown.Next is not { } next || next == shown.Phase) return true;
        return next.Number >= 1 && next.Number <= signals.Phases.Length && shown.Elapsed <= signals.Interphase(shown.Phase, next).Length;
    }

    private static void CountSecond(Frame frame, Tally tally)
    {
        tally.Add(Count.Seconds);
        tally.Add(frame.Readings.Sensing == Sensing.Full ? Count.TrackedSeconds : Count.LoopSeconds);
        tally.Add(frame.Mode switch
        {
            ControlMode.Plan => Count.PlanSeconds, ControlMode.Local => Count.LocalSeconds, ControlMode.Off => Count.OffSeconds, _ => Count.FaultSeconds,
        });
    }

    private void See(Frame frame, Tally tally)
    {
        Array.Clear(seen);
        arrived.Clear();
        if (frame.Readings.Sensing == Sensing.Full) tracked.Observe(frame, tally, seen, arrived);
        else loops.Observe(frame, tally, seen, arrived);
    }

    private void Decide(Fact.Decided decided, Tally tally)
    {
        if (Facts.Decide(decided)) tally.Add(Count.Preemptions);
        if (decided.Granted == decided.Running || !Exists(decided.Granted) || !Exists(decided.Running)) return;
        var (from, to) = (layout.PhaseGreens[decided.Running.Index], layout.PhaseGreens[decided.Granted.Index]);
        for (var group = 0; group < groups.Length; group++)
            if (from[group] && !to[group]) tally.Add(CountOf(decided.Ending), group);
    }

    private bool Exists(PhaseId phase) => phase.Number >= 1 && phase.Number <= layout.PhaseGreens.Length;

    private static GroupCount CountOf(Termination ending) => ending switch
    {
        Termination.GapOut => GroupCount.GapOuts,
        Termination.MaxOut => GroupCount.MaxOuts,
        Termination.ForceOff => GroupCount.ForceOffs,
        _ => GroupCount.ByOptimiser,
    };

    /// <summary>Seconds are missing, or the street is seen otherwise.</summary>
    private void Break(bool lampsGoOn)
    {
        foreach (var lane in lanes) lane.Break();
        loops.Break();
        exits.Break();
        turns.Break();
        stuck.Break();
        if (lampsGoOn) return;
        foreach (var group in groups) group.Break();
        foreach (var countdown in countdowns) countdown.Break();
        Diagram.Break();
    }
}
