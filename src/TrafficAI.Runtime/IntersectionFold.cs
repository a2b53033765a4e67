using System.Collections.Immutable;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>What one recorded input led to.</summary>
/// <param name="Decision">The decision, valid until the next input; null when the input was refused or late or ends the run, before the first frame, and while the controller is
/// in fault or switched off, an alarm stands or planning is held.</param>
/// <param name="Events">What has to be recorded in <c>intersection-{id}</c>, in this order.</param>
/// <param name="DigestIsDue">Whether both streams of the intersection have to be digested after this.</param>
/// <param name="Forecasts">What neighbours are to be told.</param>
public readonly record struct FoldStep(
    Decision? Decision, IReadOnlyList<IntersectionEvent> Events, bool DigestIsDue, ImmutableArray<Telling> Forecasts)
{
    /// <summary>What the controller is to be told of its priority requests.</summary>
    public IReadOnlyList<PriorityAnswer> Answers { get; init; } = [];

    /// <summary>What the controller is to be told by order of an operator; null for nothing.</summary>
    public ModeOrder? Mode { get; init; }

    /// <summary>A minute of the street that has ended; at the end of a run the one that runs, as far as it has come; else null.</summary>
    public MinuteFigures? Minute { get; init; }
}

/// <summary>From the recorded inputs of one intersection to its events. The actor runs it live, the replay runs it again: there is
/// no other way from an input to a decision.</summary>
/// <param name="learnedEverySeconds">As <see cref="DecisionOptions.LearnedEverySeconds"/>.</param>
public sealed class IntersectionFold(IntersectionModel model, IntersectionOptimiser optimiser, int learnedEverySeconds = 0)
{
    /// <summary>The digest over all decisions is recorded every so many inputs, and so are those over the events of the streams: once
    /// a minute, as long as a frame comes each second.</summary>
    public const int DigestEvery = 60;

    private const int RemindAfterSeconds = 5;

    private readonly List<IntersectionEvent> events = [];
    private readonly HealthReport health = new(model);
    private readonly PastFrames past = new(model);
    private readonly LearningReport learning = new(model, learnedEverySeconds);
    private readonly MinuteTally minutes = new();
    private (int Wanted, Guard Bound, bool Preempted, OperatorOrder? Override) last;
    private bool failing;
    private long modeTold;
    private (long Until, string Reason) flashEnded;
    private long lampSequence = -1;
    private ControlMode? mode;
    private long decided = long.MinValue;
    private long reported = long.MinValue;
    private long inputs;
    private long digested;

    public IntersectionFold(IntersectionModel model, DecisionOptions options)
        : this(model, new IntersectionOptimiser(model, options), options.LearnedEverySeconds)
    {
    }

    /// <summary>The digest over every decision so far.</summary>
    public DecisionDigest Digest { get; } = new();

    /// <summary>Queues, phase changes and interphases so far.</summary>
    public IntersectionTally Tally { get; } = new();

    /// <summary>Violations of the safety rules; nothing is planned while one stands.</summary>
    public AlarmWatch Alarms { get; } = new(model.Signals);

    /// <summary>Frames that came after their second had been decided on: believed, but not decided on.</summary>
    public long Late { get; private set; }

    /// <summary>Inputs that were refused: damaged, overtaken or repeated.</summary>
    public long Refused { get; private set; }

    /// <summary>The order that stands, of an operator or of the timetable; null for none.</summary>
    public OperatorOrder? Override => optimiser.Override;

    /// <summary>Whether planning is held.</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The street second of the newest frame; null before the first.</summary>
    public long? LastSecond => reported == long.MinValue ? null : reported;

    /// <summary>Seconds for which no frame came.</summary>
    public long Missed { get; private set; }

    /// <summary>Takes in what was recorded at <paramref name="revision"/>. The list of events is valid until the next call.</summary>
    public FoldStep Apply(IntersectionInput input, long revision)
    {
        events.Clear();
        if (input is IntersectionInput.RunEnded) return End(input.Second, revision);
        if (input is IntersectionInput.ForecastsCame came) return Believe(came, revision);
        if (input is IntersectionInput.BacklogCame backlog) return Believe(backlog, revision);
        if (input is IntersectionInput.PriorityAsked asked) return Believe(asked, revision);
        if (input is IntersectionInput.OperatorActed acted) return Believe(acted, revision);
        if (input is IntersectionInput.PlanningHeld or IntersectionInput.PlanningResumed) return Hold(input is IntersectionInput.PlanningHeld);
        var minute = minutes.IsOverAt(input.Second) ? minutes.Begin(input.Second, Totals) : null;
        var before = decided;
        var decision = Complaint(input) is { } complaint ? Refuse(input, revision, complaint) : Decide(input, revision);
        health.Tell(optimiser, input.Second, revision, events);
        foreach (var change in optimiser.GateChanges()) events.Add(IntersectionEvent.Gate(input.Second, revision, [.. change.Lanes.Select(lane => HealthNames.Lane(model, lane))], change));
        learning.Tell(optimiser, input.Second, revision, events);
        var order = TellOverrides(input.Second, revision) ?? Remind(input);
        if (decision is not null) Record(decision);
        var answers = Answer(input.Second, revision);
        var digestIsDue = ++inputs % DigestEvery == 0;
        if (digestIsDue) AddDigest(input.Second);
        return new FoldStep(decision, events, digestIsDue, decided > before ? optimiser.Tell(input.Second) : []) { Answers = answers, Mode = order, Minute = minute };
    }

    /// <summary>How the decision of the last step weighed the phases; null where nothing was weighed.</summary>
    /// <param name="decision">That decision.</param>
    public Account? Account(Decision decision) => optimiser.Account(decision);

    /// <summary>All that later decisions depend on, for <see cref="Load"/>. The events of the last step are no longer valid.</summary>
    public ReadOnlyMemory<byte> Save()
    {
        events.Clear();
        return StateImage.Save(this, model);
    }

    /// <summary>Goes on from where another fold of the same intersection, options and build was saved.</summary>
    /// <exception cref="RecordException">The bytes are no such state; this fold is of no use any more.</exception>
    public void Load(ReadOnlyMemory<byte> saved) => StateImage.Load(this, model, saved);

    private FoldStep End(long second, long revision)
    {
        learning.Tell(optimiser, second, revision, events);
        if (inputs > digested) AddDigest(second);
        return new FoldStep(null, events, DigestIsDue: true, []) { Minute = minutes.SoFar(Totals) };
    }

    /// <summary>Forecasts are no frames: nothing is decided on them, and digests do not count them.</summary>
    private FoldStep Believe(IntersectionInput.ForecastsCame came, long revision)
    {
        foreach (var forecast in came.Forecasts)
        {
            if (optimiser.Believe(forecast) is { } complaint) Refuse(came, revision, complaint);
        }

        return new FoldStep(null, events, DigestIsDue: false, []);
    }

    /// <summary>Frames of an outage are no frames of their second: nothing is decided on them, and digests do not count them.</summary>
    private FoldStep Believe(IntersectionInput.BacklogCame came, long revision)
    {
        foreach (var frame in came.Frames)
        {
            if (past.Believe(frame, revision, events) is { } complaint) Refuse(new IntersectionInput.FrameCame(frame), revision, complaint);
            else ReportPast(frame);
        }

        return new FoldStep(null, events, DigestIsDue: false, []);
    }

    private void ReportPast(Frame frame)
    {
        Tally.ReportPast(frame.Signals);
        minutes.ReportPast();
    }

    private FoldStep Believe(IntersectionInput.PriorityAsked asked, long revision)
    {
        optimiser.Hear(asked.Request);
        return new FoldStep(null, events, DigestIsDue: false, []) { Answers = Answer(asked.Second, revision) };
    }

    private FoldStep Believe(IntersectionInput.OperatorActed acted, long revision)
    {
        if (optimiser.Obey(acted.Order, acted.Second) is { } complaint) Refuse(acted, revision, complaint);
        return new FoldStep(null, events, DigestIsDue: false, []) { Mode = TellOverrides(acted.Second, revision) };
    }

    /// <returns>What the controller is to be told; an override that expires needs no telling: the controller knows the time.</returns>
    private ModeOrder? TellOverrides(long second, long revision)
    {
        ModeOrder? order = null;
        foreach (var change in optimiser.OverrideChanges(second))
        {
            events.Add(IntersectionEvent.Override(second, revision, change));
            if (change.Order.Act != OperatorAct.Flash || change.End == OverrideEnd.Expired) continue;
            if (change.End is not null) flashEnded = (change.Order.Until, change.EndedBy!.Reason);
            order = change.End is null ? Flash(change.Order, second) : Phases(second);
        }

        return order;
    }

    /// <summary>A controller that by its own frames does not do what it was told is told again: to flash, or to flash no longer although its order has not run out.</summary>
    private ModeOrder? Remind(IntersectionInput input)
    {
        if (input is not IntersectionInput.FrameCame { Frame.Mode: var shown } || input.Second - modeTold < RemindAfterSeconds) return null;
        return (shown, optimiser.Override) switch
        {
            (ControlMode.Local or ControlMode.Plan, { Act: OperatorAct.Flash } order) => Flash(order, input.Second),
            (ControlMode.Off, not { Act: OperatorAct.Flash }) when input.Second < flashEnded.Until => Phases(input.Second),
            _ => null,
        };
    }

    private ModeOrder Flash(OperatorOrder order, long second)
    {
        modeTold = second;
        return new(true, (int)(order.Until - second), order.Reason);
    }

    private ModeOrder Phases(long second)
    {
        modeTold = second;
        return new(false, null, flashEnded.Reason);
    }

    private IReadOnlyList<PriorityAnswer> Answer(long second, long revision)
    {
        var answers = optimiser.Answers(second);
        foreach (var answer in answers) events.Add(IntersectionEvent.Answered(second, revision, answer));
        return answers;
    }

    private FoldStep Hold(bool from)
    {
        IsHeld = from;
        return new FoldStep(null, events, DigestIsDue: false, []);
    }

    private void AddDigest(long second)
    {
        digested = inputs;
        events.Add(IntersectionEvent.Digested(second, Digest.Decisions, Digest.Close()));
    }

    private MinuteTally.Totals Totals => new(Tally.PhaseChanges, Refused, Alarms.All.Count, optimiser.Detectors.Count(detector => !detector.IsGood), IsHeld);

    private bool MayPlan => Alarms.Standing is null && !IsHeld;

    private string? Complaint(IntersectionInput input) => input switch
    {
        IntersectionInput.FrameCame came when input.Second <= reported => "it is no newer than the frame before it",
        IntersectionInput.FrameCame came => FrameCheck.Complaint(model, came.Frame),
        _ when input.Second <= decided => "that second has been decided on",
        _ => null,
    };

    private Decision? Refuse(IntersectionInput input, long revision, string complaint)
    {
        Refused++;
        events.Add(IntersectionEvent.Refused(input.Second, revision, complaint));
        return null;
    }

    private Decision? Decide(IntersectionInput input, long revision)
    {
        var late = input.Second <= decided;
        decided = Math.Max(decided, input.Second);
        if (input is not IntersectionInput.FrameCame came)
        {
            Missed++;
            minutes.Miss();
            return MayPlan ? optimiser.DecideBlind(input.Second, revision) : null;
        }

        Report(came.Frame, revision);
        if (late) Late++;
        if (!late && MayPlan) return optimiser.Decide(came.Frame, revision);
        optimiser.Observe(came.Frame);
        return null;
    }

    private void Report(Frame frame, long revision)
    {
        reported = frame.Second;
        past.Come(frame);
        Tally.Report(frame.Signals);
        minutes.Report(frame);
        if (frame.Mode != mode) events.Add(IntersectionEvent.Mode(frame.Second, frame.Mode));
        if (frame.Signals.LampSequence != lampSequence) events.Add(IntersectionEvent.Lamps(frame));
        if (Alarms.Observe(frame) is { } alarm) events.Add(IntersectionEvent.Violated(revision, alarm.Violation, alarm.By, frame.Signals));
        mode = frame.Mode;
        lampSequence = frame.Signals.LampSequence;
    }

    private void Record(Decision decision)
    {
        Digest.Add(decision);
        Tally.Decide(decision);
        minutes.Decide(decision);
        if (decision.Failure is not null && !failing) events.Add(IntersectionEvent.Failed(decision));
        failing = decision.Failure is not null;
        var now = (decision.Wanted.Number, decision.Bound, decision.Preemption == PreemptionStage.Serving, decision.Override);
        if (now == last) return;
        last = now;
        events.Add(IntersectionEvent.Decided(decision));
    }
}
