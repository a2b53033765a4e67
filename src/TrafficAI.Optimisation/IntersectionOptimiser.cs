using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Health;
using TrafficAI.Optimisation.Metering;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>The mind of one intersection: folds its recorded inputs and decides on each. What it decides follows from the inputs and
/// the options alone, so the same inputs give the same decisions.</summary>
/// <remarks>When estimation or the strategy throws, both are built anew and the plan of fixed times (computed where there is one) decides for that second: a defect costs one
/// intersection one decision, and a replay meets it again.</remarks>
public sealed class IntersectionOptimiser
{
    /// <summary>Nobody knows what a controller does that has not been heard of for so long.</summary>
    public const int LongestGapSeconds = 3600;

    private readonly IntersectionModel model;
    private readonly IntersectionSignals signals;
    private readonly DecisionOptions options;
    private readonly Func<IStrategy> newStrategy;
    private readonly IStrategy fallback;
    private readonly FallbackLadder ladder = new();
    private readonly Preemption preemption;
    private readonly PriorityRequests requests;
    private readonly OperatorDesk desk;
    private readonly CallRegister register;
    private readonly Outflow outflow;
    private readonly SignalOutlook outlook;
    private readonly EdgeMeter? meter;
    private readonly Queue<(long ActsAt, PhaseId Wanted, bool Clears)> underWay = new();
    private Estimator estimator;
    private IStrategy strategy;
    private IStrategy actuated;
    private TrafficPicture? picture;
    private SignalState? belief;
    private Decision? decision;
    private ControlMode mode;
    private long decidedSecond = long.MinValue;
    private long sequence;

    public IntersectionOptimiser(IntersectionModel model, DecisionOptions options)
        : this(model, options, () => Strategies.Create(options.Strategy, model, options.BusWeight, options.Without))
    {
    }

    /// <param name="newStrategy">Makes the strategy, in place of the one that the options name.</param>
    public IntersectionOptimiser(IntersectionModel model, DecisionOptions options, Func<IStrategy> newStrategy)
    {
        this.model = model;
        signals = model.Signals;
        this.options = options;
        this.newStrategy = newStrategy;
        preemption = new Preemption(model);
        desk = new OperatorDesk(model);
        register = new CallRegister(model);
        outflow = new Outflow(model);
        outlook = new SignalOutlook(signals);
        meter = options.Metering is { } metering ? new EdgeMeter(model, metering) : null;
        estimator = new Estimator(model, options.Without);
        strategy = newStrategy();
        requests = new PriorityRequests(model, strategy is AdaptiveStrategy);
        actuated = NewActuated();
        fallback = Strategies.Create(model.Plans is null ? "fixed" : "webster", model);
    }

    /// <summary>Per loop of the intersection, in its order, then per sensor of a stop lane: whether it is believed. Empty before the first frame.</summary>
    public ImmutableArray<DetectorHealth> Detectors => picture?.Detectors ?? [];

    /// <summary>The stop lanes that something blocks, rising.</summary>
    public ImmutableArray<Incident> Incidents => picture?.Incidents ?? [];

    /// <summary>How the intersection is controlled.</summary>
    public Rung Rung => ladder.Now;

    /// <summary>Takes in a frame that <see cref="FrameCheck"/> has passed, and decides. Frames come in rising order of their second.</summary>
    /// <param name="revision">Revision of the frame in the intersection's input stream.</param>
    /// <returns>The decision, valid until the next input; null while the controller is in fault or switched off, when nothing may be planned.</returns>
    public Decision? Decide(Frame frame, long revision)
    {
        var failure = Observe(frame);
        return Decide(frame.Second, revision, failure);
    }

    /// <summary>Takes in a frame that <see cref="FrameCheck"/> has passed, without deciding: it has come late, and its second has been
    /// decided on. It must be newer than the frame before it.</summary>
    /// <returns>What went wrong in estimation; null if nothing did.</returns>
    public string? Observe(Frame frame)
    {
        register.Observe(frame);
        outflow.Observe(frame);
        var failure = Estimate(frame);
        outflow.Pass(frame.Second, estimator.Departures);
        if (picture is not null) Follow(ladder.Seen(picture));
        if (picture is not null) meter?.Observe(picture, estimator.Departures);
        (belief, mode) = (frame.Signals, frame.Mode);
        return failure;
    }

    /// <summary>Takes in what a neighbour has told. It counts from the next frame on.</summary>
    /// <returns>Why it cannot be believed, in a few words; null if nothing is wrong.</returns>
    public string? Believe(Forecast forecast)
    {
        if (estimator.Believe(forecast) is { } complaint) return complaint;
        meter?.Hear(forecast);
        return null;
    }

    /// <summary>Takes in that a vehicle asks for priority. It counts from the next decision on.</summary>
    public void Hear(in PriorityRequest request) => requests.Hear(request);

    /// <summary>What has become of priority requests since the last call.</summary>
    public IReadOnlyList<PriorityAnswer> Answers(long second) => requests.Answers(second);

    /// <summary>The order of an operator that stands; null for none.</summary>
    public OperatorOrder? Override => desk.Standing;

    /// <summary>Takes in what an operator orders. It counts from the next decision on.</summary>
    /// <returns>Why it cannot be taken, in a few words; null if nothing is wrong.</returns>
    public string? Obey(OperatorOrder order, long second) => desk.Take(order, second);

    /// <summary>The overrides that have begun and ended since the last call, those included whose time is over at <paramref name="second"/>.</summary>
    public IReadOnlyList<OverrideChange> OverrideChanges(long second) => desk.Changes(second);

    /// <summary>The gates that have begun or ceased to hold their queue since the last call.</summary>
    public IReadOnlyList<GateChange> GateChanges() => meter?.Changes() ?? [];

    /// <summary>What the neighbours are to be told after a decision.</summary>
    public ImmutableArray<Telling> Tell(long second) => outflow.Tell(second, meter?.LoadPercent);

    /// <summary>No frame has come for a second: decides on what is believed, the controller being taken to do what it was told.</summary>
    /// <returns>The decision, valid until the next input; null before the first frame, while the controller is in fault or switched off, and from an input that comes
    /// <see cref="LongestGapSeconds"/> after the one before it to the next frame: by then nothing is believed.</returns>
    public Decision? DecideBlind(long second, long revision)
    {
        Follow(ladder.Missed());
        if (belief is not null && second - LongestGapSeconds > belief.Second) belief = null;
        if (belief is null || picture is null) return null;
        ForgetWhatIsOver(second);
        belief = Foresee(belief, second - 1);
        if (ReferenceEquals(belief, outlook.State)) belief = belief with { LampSeconds = [.. belief.LampSeconds] };
        picture = picture with { Second = second };
        return Decide(second, revision, null);
    }

    /// <summary>What has been learned of the traffic so far.</summary>
    public LearnedParameters Learned() => estimator.Learned();

    /// <summary>How the last decision weighed the phases.</summary>
    /// <param name="decision">That decision.</param>
    /// <returns>Null where the strategy weighed nothing, or had failed.</returns>
    public Account? Account(Decision decision) =>
        decision.Failure is null ? (Proposing() as IAccounts)?.Account(new(decision.Seen, decision.Before) { Asked = decision.Asked, Held = decision.Held }, decision.Motive) : null;

    private Decision? Decide(long second, long revision, string? failure)
    {
        if (mode is ControlMode.Fault or ControlMode.Off || belief is null || Rung.Level == ControlLevel.Local) return null;
        ForgetWhatIsOver(second);
        var situation = new Situation(picture ?? TrafficPicture.Nothing(model, second), Foresee(belief, second - 1 + options.LatencySeconds));
        situation = situation with { Asked = requests.Weigh(situation), Held = meter?.Held };
        var proposing = Proposing();
        var proposal = failure is null ? Propose(proposing, situation, out failure) : null;
        var proposer = proposal is null ? fallback.Name : proposing.Name;
        proposal ??= fallback.Propose(situation);
        var (recommended, clears) = (proposal.Wanted, proposal.Clears);
        proposal = PreEmpt(situation, desk.Over(situation, proposal, fallback), ref failure);
        var granted = SignalDecider.Choose(signals, situation.Signals, proposal.Wanted, register.Calls, clears);
        outflow.Plan(situation, granted.Target, proposal.Expected);
        Remember(second, situation.ActsAt, proposal.Wanted, granted.Bound == Guard.AllRed);
        decision ??= new(signals, options, situation);
        (decision.Second, decision.InputRevision, decision.ActsAt) = (second, revision, situation.ActsAt);
        (decision.Seen, decision.Before, decision.Asked, decision.Held) = (situation.Picture, situation.Signals, situation.Asked, situation.Held);
        (decision.Granted, decision.Bound) = (granted.Target, granted.Bound);
        (decision.Strategy, decision.Failure, decision.Rung, decision.Preemption) = (proposer, failure, Rung, preemption.Stage);
        (decision.Override, decision.Recommended) = (desk.Standing, recommended);
        decision.Propose(proposal);
        Plan(decision, situation, proposal, granted);
        return decision;
    }

    private IStrategy NewActuated() => Strategies.Create(model.Plans is null ? "actuated" : "actuated-tuned", model);

    private IStrategy Proposing() => Rung.Level switch
    {
        ControlLevel.Plan => fallback,
        ControlLevel.Actuated => actuated,
        _ => strategy,
    };

    /// <summary>Who has not proposed for a while begins anew.</summary>
    private void Follow(ControlLevel before)
    {
        if (Rung.Level == before) return;
        if (before > ControlLevel.Profiles && Rung.Level <= ControlLevel.Profiles) strategy = newStrategy();
        if (Rung.Level == ControlLevel.Actuated) actuated = NewActuated();
    }

    /// <exception cref="InvalidOperationException">The worth of a candidate is not a number: it could be neither recorded nor explained.</exception>
    private static Proposal Recordable(Proposal proposal)
    {
        foreach (var candidate in proposal.Candidates)
        {
            if (!double.IsFinite(candidate.Worth)) throw new InvalidOperationException($"the worth of {candidate.Phase} is {candidate.Worth.ToString(CultureInfo.InvariantCulture)}");
        }

        return proposal;
    }

    private string? Estimate(Frame frame)
    {
        try
        {
            picture = estimator.Observe(frame);
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return BeginAnew(e);
        }
    }

    /// <returns>Null where the strategy fails.</returns>
    private Proposal? Propose(IStrategy proposing, in Situation situation, out string? failure)
    {
        try
        {
            failure = null;
            return Recordable(proposing.Propose(situation));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failure = BeginAnew(e);
            return null;
        }
    }

    private Proposal PreEmpt(in Situation situation, Proposal usual, ref string? failure)
    {
        try
        {
            return preemption.Over(situation, requests.Over(situation, usual));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failure = BeginAnew(e);
            return usual;
        }
    }

    /// <returns>What went wrong.</returns>
    private string BeginAnew(Exception after)
    {
        (estimator, strategy, picture) = (new Estimator(model, options.Without), newStrategy(), null);
        return $"{after.GetType().Name}: {after.Message}";
    }

    // Until a plan made now can act, the controller obeys the plans that are under way.
    private SignalState Foresee(SignalState state, long until)
    {
        if (state.Second >= until) return state;
        outlook.Begin(state);
        for (var second = state.Second + 1; second <= until; second++) outlook.Advance(WantedAt(second), register.Calls, ClearsAt(second));
        return outlook.State;
    }

    /// <summary>By the plans that are under way; where nothing is known of the plan that is held, what runs; else by the controller's own.</summary>
    private PhaseId WantedAt(long second)
    {
        PhaseId? wanted = null;
        foreach (var plan in underWay)
        {
            if (plan.ActsAt > second) break;
            wanted = plan.Wanted;
        }

        return wanted ?? (mode == ControlMode.Plan ? belief!.Target : signals.LocalPlan.PhaseAt(second));
    }

    /// <summary>A plan that is under way makes all red last longer in that second.</summary>
    private bool ClearsAt(long second)
    {
        foreach (var plan in underWay)
        {
            if (plan.ActsAt == second) return plan.Clears;
        }

        return false;
    }

    /// <summary>What was wanted counts as long as it is wanted anew each second, and the controller obeys.</summary>
    private void ForgetWhatIsOver(long second)
    {
        if (second != decidedSecond + 1 || mode != ControlMode.Plan) underWay.Clear();
    }

    /// <summary>No plan is obeyed for longer than its lease.</summary>
    private void Remember(long second, long actsAt, PhaseId wanted, bool clears)
    {
        if (underWay.Count > options.LatencySeconds + options.LeaseSeconds) underWay.Dequeue();
        underWay.Enqueue((actsAt, wanted, clears));
        decidedSecond = second;
    }

    private void Plan(Decision decision, in Situation situation, Proposal proposal, in SignalMove granted)
    {
        var leaseEnd = decision.Second + options.LeaseSeconds;
        var start = proposal.Wanted == situation.Signals.Target
            ? situation.ActsAt
            : Math.Min(leaseEnd, outlook.EarliestChange(situation.Signals, proposal.Wanted, register.Calls));
        var untilThen = PlanUnderWay(decision, situation.ActsAt, leaseEnd);
        if (start > situation.ActsAt && untilThen != situation.Signals.Target)
            decision.Plan(new PlanEntry(situation.Signals.Target, situation.ActsAt, situation.ActsAt, leaseEnd));
        decision.Plan(new PlanEntry(proposal.Wanted, situation.ActsAt, start, leaseEnd));
        foreach (var later in proposal.Expected)
        {
            var planned = situation.ActsAt + later.AfterSeconds;
            decision.Plan(new PlanEntry(later.Phase, situation.ActsAt + 1, planned, Math.Max(planned, leaseEnd)));
        }

        decision.CommittedUntil = granted.Next is null
            ? situation.ActsAt
            : situation.ActsAt + signals.Interphase(granted.Phase, granted.Next.Value).Length - granted.Elapsed;
        decision.AllRedUntil = AllRedUntil(decision.Second, situation.ActsAt);
        (decision.BasedOnLamps, decision.Sequence) = (belief!.LampSequence, ++sequence);
    }

    /// <summary>Until after the last second, up to the one in which the plan acts itself, in which all red is to last longer.</summary>
    private long AllRedUntil(long second, long actsAt)
    {
        for (var last = actsAt; last >= second; last--)
        {
            if (ClearsAt(last)) return last + 1;
        }

        return second;
    }

    /// <summary>A controller obeys the newest plan alone, from its frame on: so a plan says again what was foreseen until it acts itself.</summary>
    /// <returns>What is wanted at the end of it.</returns>
    private PhaseId PlanUnderWay(Decision decision, long actsAt, long leaseEnd)
    {
        var planned = belief!.Target;
        for (var second = decision.Second; second < actsAt; second++)
        {
            var wanted = WantedAt(second);
            if (wanted == planned) continue;
            decision.Plan(new PlanEntry(wanted, second, second, leaseEnd));
            planned = wanted;
        }

        return planned;
    }
}
