using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>The mind of one intersection: folds its recorded inputs and decides on each. What it decides follows from the inputs and
/// the options alone, so the same inputs give the same decisions.</summary>
public sealed class IntersectionOptimiser
{
    private readonly IntersectionSignals signals;
    private readonly DecisionOptions options;
    private readonly Estimator estimator;
    private readonly IStrategy strategy;
    private readonly IStrategy fallback;
    private readonly Queue<(long ActsAt, PhaseId Wanted)> underWay = new();
    private long sequence;

    public IntersectionOptimiser(IntersectionModel model, DecisionOptions options)
        : this(model, options, Strategies.Create(options.Strategy, model))
    {
    }

    /// <param name="strategy">Used in place of the one that the options name.</param>
    public IntersectionOptimiser(IntersectionModel model, DecisionOptions options, IStrategy strategy)
    {
        signals = model.Signals;
        this.options = options;
        this.strategy = strategy;
        estimator = new Estimator(model);
        fallback = Strategies.Create("fixed", model);
    }

    /// <summary>Takes in a frame and decides.</summary>
    /// <param name="revision">Revision of the frame in the intersection's input stream.</param>
    /// <returns>The decision; null while the controller is in fault, when nothing may be planned.</returns>
    public Decision? Decide(Frame frame, long revision)
    {
        var picture = estimator.Observe(frame);
        if (frame.Mode == ControlMode.Fault) return null;

        var situation = new Situation(picture, Foresee(frame));
        var (proposal, proposer, failure) = Propose(situation);
        var step = SignalDecider.Advance(signals, situation.Signals, proposal.Wanted);
        underWay.Enqueue((situation.ActsAt, proposal.Wanted));
        return new Decision(
            frame.Second, revision, situation.ActsAt, situation.Signals.Target, proposal.Wanted, step.State.Target, step.Bound,
            proposer, failure, proposal.Reason, proposal.Candidates, picture, PlanFor(frame, revision, situation, proposal, step.State));
    }

    // Between this frame and the second at which a plan made on it acts, the controller obeys the plans that are under way.
    private SignalState Foresee(Frame frame)
    {
        while (underWay.TryPeek(out var first) && first.ActsAt < frame.Second) underWay.Dequeue();
        var state = frame.Signals;
        var plans = underWay.GetEnumerator();
        var wanted = (PhaseId?)null;
        var more = plans.MoveNext();
        for (var second = frame.Second; second < frame.Second + options.LatencySeconds; second++)
        {
            for (; more && plans.Current.ActsAt <= second; more = plans.MoveNext()) wanted = plans.Current.Wanted;
            state = SignalDecider.Advance(signals, state, wanted ?? signals.LocalPlan.PhaseAt(second)).State;
        }

        return state;
    }

    private (Proposal Proposal, string Proposer, string? Failure) Propose(in Situation situation)
    {
        try
        {
            return (strategy.Propose(situation), strategy.Name, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (fallback.Propose(situation), fallback.Name, $"{e.GetType().Name}: {e.Message}");
        }
    }

    private PhasePlan PlanFor(Frame frame, long revision, in Situation situation, Proposal proposal, SignalState granted)
    {
        var leaseEnd = frame.Second + options.LeaseSeconds;
        var entries = ImmutableArray.CreateBuilder<PlanEntry>(1 + proposal.Expected.Length);
        var start = proposal.Wanted == situation.Signals.Target
            ? situation.ActsAt
            : SignalDecider.EarliestChange(signals, situation.Signals, proposal.Wanted);
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
            frame.Intersection, frame.Second, frame.Signals.LampSequence, options.Epoch, ++sequence, options.LeaseSeconds,
            committedUntil, revision, entries.DrainToImmutable());
    }
}
