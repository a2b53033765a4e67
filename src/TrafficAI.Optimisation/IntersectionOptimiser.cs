using System.Collections.Immutable;
using System.Globalization;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Optimisation.Health;
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
    private readonly CallRegister register;
    private readonly Outflow outflow;
    private readonly Queue<(long ActsAt, PhaseId Wanted)> underWay = new();
    private Estimator estimator;
    private IStrategy strategy;
    private IStrategy actuated;
    private TrafficPicture? picture;
    private SignalState? belief;
    private ControlMode mode;
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
        register = new CallRegister(model);
        outflow = new Outflow(model);
        estimator = new Estimator(model, options.Without);
        strategy = newStrategy();
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
    /// <returns>The decision; null while the controller is in fault or switched off, when nothing may be planned.</returns>
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
        var failure = Try(() => picture = estimator.Observe(frame));
        outflow.Pass(frame.Second, estimator.Departures);
        if (picture is not null) Follow(ladder.Seen(picture));
        (belief, mode) = (frame.Signals, frame.Mode);
        return failure;
    }

    /// <summary>Takes in what a neighbour has told. It counts from the next frame on.</summary>
    /// <returns>Why it cannot be believed, in a few words; null if nothing is wrong.</returns>
    public string? Believe(Forecast forecast) => estimator.Believe(forecast);

    /// <summary>What the neighbours are to be told after a decision.</summary>
    public ImmutableArray<Telling> Tell(long second) => outflow.Tell(second);

    /// <summary>No frame has come for a second: decides on what is believed, the controller being taken to do what it was told.</summary>
    /// <returns>The decision; null before the first frame, while the controller is in fault or switched off, and from an input that comes
    /// <see cref="LongestGapSeconds"/> after the one before it to the next frame: by then nothing is believed.</returns>
    public Decision? DecideBlind(long second, long revision)
    {
        Follow(ladder.Missed());
        if (belief is not null && second - LongestGapSeconds > belief.Second) belief = null;
        if (belief is null || picture is null) return null;
        belief = Foresee(belief, second - 1);
        picture = picture with { Second = second };
        return Decide(second, revision, null);
    }

    /// <summary>What has been learned of the traffic so far.</summary>
    public LearnedParameters Learned() => estimator.Learned();

    /// <summary>How the last decision weighed the phases.</summary>
    /// <param name="decision">That decision.</param>
    /// <returns>Null where the strategy weighed nothing, or had failed.</returns>
    public Account? Account(Decision decision) =>
        decision.Failure is null ? (Proposing() as IAccounts)?.Account(new(decision.Seen, decision.Before), decision.Motive) : null;

    private Decision? Decide(long second, long revision, string? failure)
    {
        if (mode is ControlMode.Fault or ControlMode.Off || belief is null || Rung.Level == ControlLevel.Local) return null;
        var situation = new Situation(picture ?? TrafficPicture.Nothing(model, second), Foresee(belief, second - 1 + options.LatencySeconds));
        var proposal = fallback.Propose(situation);
        var proposer = fallback.Name;
        var proposing = Proposing();
        failure ??= Try(() => (proposal, proposer) = (Recordable(proposing.Propose(situation)), proposing.Name));
        failure = Try(() => proposal = preemption.Over(situation, proposal)) ?? failure;
        var step = SignalDecider.Advance(signals, situation.Signals, proposal.Wanted, register.Calls);
        outflow.Plan(situation, step.State.Target, proposal.Expected);
        underWay.Enqueue((situation.ActsAt, proposal.Wanted));
        return new Decision(
            second, revision, situation.ActsAt, situation.Signals.Target, proposal.Wanted, step.State.Target, step.Bound,
            proposer, failure, proposal.Reason, proposal.Candidates, situation.Picture, PlanFor(second, revision, situation, proposal, step.State),
            situation.Signals, proposal.Motive)
        {
            Rung = Rung,
            Preemption = preemption.Stage,
        };
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

    private string? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            (estimator, strategy, picture) = (new Estimator(model, options.Without), newStrategy(), null);
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    // Until a plan made now can act, the controller obeys the plans that are under way.
    private SignalState Foresee(SignalState state, long until)
    {
        while (state.Second < until)
        {
            var second = state.Second + 1;
            state = SignalDecider.Advance(signals, state, UnderWayAt(second) ?? signals.LocalPlan.PhaseAt(second), register.Calls).State;
        }

        return state;
    }

    private PhaseId? UnderWayAt(long second)
    {
        PhaseId? wanted = null;
        var past = 0;
        foreach (var plan in underWay)
        {
            if (plan.ActsAt > second) break;
            wanted = plan.Wanted;
            past++;
        }

        for (; past > options.LeaseSeconds; past--) underWay.Dequeue();
        return wanted;
    }

    private PhasePlan PlanFor(long second, long revision, in Situation situation, Proposal proposal, SignalState granted)
    {
        var leaseEnd = second + options.LeaseSeconds;
        var entries = ImmutableArray.CreateBuilder<PlanEntry>(1 + proposal.Expected.Length);
        var start = proposal.Wanted == situation.Signals.Target
            ? situation.ActsAt
            : Math.Min(leaseEnd, SignalDecider.EarliestChange(signals, situation.Signals, proposal.Wanted, register.Calls));
        entries.Add(new PlanEntry(proposal.Wanted, situation.ActsAt, start, leaseEnd));
        foreach (var later in proposal.Expected)
        {
            var planned = situation.ActsAt + later.AfterSeconds;
            entries.Add(new PlanEntry(later.Phase, situation.ActsAt + 1, planned, Math.Max(planned, leaseEnd)));
        }

        var committedUntil = granted.Next is null
            ? situation.ActsAt
            : situation.ActsAt + signals.Interphase(granted.Phase, granted.Next.Value).Length - granted.Elapsed;
        return new PhasePlan(
            signals.Id, second, belief!.LampSequence, options.Epoch, ++sequence, options.LeaseSeconds, committedUntil, revision,
            entries.DrainToImmutable());
    }
}
