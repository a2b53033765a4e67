using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Improves on the index rule by rollout: shows the phase that leads to the least waiting when the rule goes on after it.</summary>
/// <remarks>See <see cref="Rollout"/> and <see cref="PhaseIndex"/>. The worth of a candidate is the waiting that it leads to, in vehicle-seconds
/// and negative, so that more is better; one that was given up early is worth at most that. No candidates are named while nothing can be
/// changed. With nobody in sight the running phase stays. Loops may miscount, so that a rollout can wait for nobody: with them a
/// <see cref="Stabiliser"/> comes first, and the worth of a candidate is then its index.</remarks>
public sealed class AdaptiveStrategy : IStrategy, IAccounts
{
    /// <summary>A plan comes each second: what is expected is shown only when none has come for so long, else a late one would change the lights.</summary>
    private const int UnconfirmedSeconds = 10;

    /// <summary>Expectations reach so far.</summary>
    private const int OutlookSeconds = 30;

    private readonly IntersectionModel model;
    private readonly PhaseIndex index;
    private readonly StuckLanes stuck;
    private readonly Stabiliser stabiliser;
    private readonly Rollout rollout;
    private readonly PhaseWorth[] worth;
    private readonly AdaptiveParts without;
    private readonly Proposal proposal = new();

    /// <param name="busWeight">As <see cref="DecisionOptions.BusWeight"/>.</param>
    /// <param name="without">As <see cref="DecisionOptions.Without"/>.</param>
    public AdaptiveStrategy(IntersectionModel model, double busWeight = 1, AdaptiveParts without = AdaptiveParts.None)
    {
        this.model = model;
        this.without = without;
        index = new(model);
        stuck = new(model);
        stabiliser = new(model);
        rollout = new(model, busWeight, weighsWaits: (without & AdaptiveParts.Weights) == 0);
        worth = new PhaseWorth[model.Signals.Phases.Length];
    }

    public string Name => "adaptive";

    public Proposal Propose(in Situation situation)
    {
        if ((without & AdaptiveParts.Stuck) == 0) stuck.Observe(situation);
        if ((without & AdaptiveParts.Stabiliser) == 0) stabiliser.Observe(situation);
        rollout.Observe(situation.Picture);
        if (situation.Signals.Next is { } target)
            return (without & AdaptiveParts.Clearance) == 0 && Clearance.IsWanted(model, situation) ? proposal.PassWhenClear(target) : proposal.Pass(target);
        index.Weigh(situation, stuck, worth);
        var running = situation.Signals.Phase;
        if (!MayLeave(situation)) return Expecting(proposal.Want(running, Motive.MayNotEnd, new("F{0} may not end yet", running.Number)));
        var usual = Best(running);
        if (worth[usual.Index].VehiclesPerSecond <= 0) return ByIndex(proposal.Want(running, Motive.NobodyWaits, new("nobody waits; F{0} stays", running.Number)));
        if (situation.Picture.Sensing == Sensing.Loops && stabiliser.First(situation) is >= 0 and var called) return ByIndex(Expecting(Serve(called, running)));
        if ((without & AdaptiveParts.Rollout) != 0) return ByIndex(Expecting(proposal.Want(usual, Motive.Unstated, new("F{0} has the highest index", usual.Number))));
        var choice = rollout.Best(situation, stuck, usual);
        return ByCost(Expecting(proposal.Want(choice.Phase, Motive.LeastCost, Why(choice, running))));
    }

    public Account? Account(in Situation situation, Motive motive) => motive switch
    {
        Motive.LeastCost => ByWaiting(situation),
        Motive.LongWait => new(Yardstick.Service, null, 0, Services(), stabiliser.First(situation)),
        Motive.NobodyWaits => new(Yardstick.Service, null, 0, Services()),
        _ => null,
    };

    private Account ByWaiting(in Situation situation)
    {
        var costs = Costs(situation);
        return new(Yardstick.Waiting, Best(situation.Signals.Phase), rollout.MarginOf(costs.MinBy(phase => phase.Value).Phase), costs);
    }

    private ImmutableArray<PhaseAccount> Services() =>
        [.. model.Signals.Phases.Select(p => new PhaseAccount(p.Id, worth[p.Id.Index].VehiclesPerSecond, null))];

    private ImmutableArray<PhaseAccount> Costs(in Situation situation)
    {
        var all = ImmutableArray.CreateBuilder<PhaseAccount>(worth.Length);
        foreach (var phase in model.Signals.Phases)
        {
            var parts = rollout.Account(situation, stuck, phase.Id);
            all.Add(new(phase.Id, parts.Sum, parts));
        }

        return all.DrainToImmutable();
    }

    private Proposal Serve(int called, PhaseId running)
    {
        var wanted = BestServing(called, running);
        return proposal.Want(wanted, Motive.LongWait, new("F{0} serves lane {1}, which has waited long enough", wanted.Number, called + 1));
    }

    /// <summary>The best phase that serves a lane; the running one if it does, since its service has begun.</summary>
    private PhaseId BestServing(int lane, PhaseId running)
    {
        if (model.Serves(running, lane)) return running;
        PhaseId? best = null;
        foreach (var phase in model.Signals.Phases)
        {
            if (!model.Serves(phase.Id, lane)) continue;
            if (best is not { } known || worth[phase.Id.Index].VehiclesPerSecond > worth[known.Index].VehiclesPerSecond) best = phase.Id;
        }

        return best ?? Best(running);
    }

    private bool MayLeave(in Situation situation) =>
        situation.Signals.Elapsed >= model.Signals.Phase(situation.Signals.Phase).MinimumSeconds
        && situation.ActsAt % model.Signals.DecisionIntervalSeconds == 0;

    private PhaseId Best(PhaseId running)
    {
        var best = running;
        foreach (var phase in model.Signals.Phases)
        {
            if (worth[phase.Id.Index].VehiclesPerSecond > worth[best.Index].VehiclesPerSecond) best = phase.Id;
        }

        return best;
    }

    private Proposal ByCost(Proposal wish)
    {
        for (var i = 0; i < worth.Length; i++) wish.Weigh(PhaseId.OfIndex(i), -rollout.Costs[i]);
        return wish;
    }

    private Proposal ByIndex(Proposal wish)
    {
        for (var i = 0; i < worth.Length; i++) wish.Weigh(PhaseId.OfIndex(i), worth[i].VehiclesPerSecond);
        return wish;
    }

    /// <summary>Adds the other phases with demand by falling worth, each after the one before has had its best length.</summary>
    private Proposal Expecting(Proposal wish)
    {
        var last = wish.Wanted;
        var at = Math.Max(UnconfirmedSeconds, worth[last.Index].Seconds);
        while (at <= OutlookSeconds && NextBest(wish) is { } next)
        {
            wish.Expect(next, at);
            at += model.Signals.PassageSeconds(last, next) + model.Signals.Phase(next).MinimumSeconds;
            last = next;
        }

        return wish;
    }

    private PhaseId? NextBest(Proposal wish)
    {
        PhaseId? best = null;
        var most = 0.0;
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id == wish.Wanted || worth[phase.Id.Index].VehiclesPerSecond <= most || wish.Expects(phase.Id)) continue;
            best = phase.Id;
            most = worth[phase.Id.Index].VehiclesPerSecond;
        }

        return best;
    }

    private Reason Why(in Choice choice, PhaseId running)
    {
        if (choice.Phase == running) return new("F{0} stays: to leave it now saves too little", running.Number);
        var saved = (int)(rollout.Costs[running.Index] - choice.Cost);
        return saved > 0
            ? new("F{0} now saves {1} vehicle-seconds against staying", choice.Phase.Number, saved)
            : new("F{0} serves more vehicles per second; staying saves too little", choice.Phase.Number);
    }
}
