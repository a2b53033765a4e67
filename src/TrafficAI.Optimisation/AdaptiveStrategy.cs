using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
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

    /// <param name="busWeight">As <see cref="DecisionOptions.BusWeight"/>.</param>
    /// <param name="without">As <see cref="DecisionOptions.Without"/>.</param>
    public AdaptiveStrategy(IntersectionModel model, double busWeight = 1, AdaptiveParts without = AdaptiveParts.None)
    {
        this.model = model;
        this.without = without;
        index = new(model);
        stuck = new(model);
        stabiliser = new(model);
        rollout = new(model, busWeight, weighsWaits: !without.HasFlag(AdaptiveParts.Weights));
        worth = new PhaseWorth[model.Signals.Phases.Length];
    }

    public string Name => "adaptive";

    public Proposal Propose(in Situation situation)
    {
        if (!without.HasFlag(AdaptiveParts.Stuck)) stuck.Observe(situation);
        if (!without.HasFlag(AdaptiveParts.Stabiliser)) stabiliser.Observe(situation);
        rollout.Observe(situation.Picture);
        if (situation.Signals.Next is { } target) return Passing.To(target);
        index.Weigh(situation, stuck, worth);
        var running = situation.Signals.Phase;
        if (!MayLeave(situation)) return new(running, Expected(running), [], string.Create(CultureInfo.InvariantCulture, $"{running} may not end yet"), Motive.MayNotEnd);
        var usual = Best(running);
        if (worth[usual.Index].VehiclesPerSecond <= 0)
            return new(running, [], Indices(), string.Create(CultureInfo.InvariantCulture, $"nobody waits; {running} stays"), Motive.NobodyWaits);
        if (situation.Picture.Sensing == Sensing.Loops && stabiliser.First() is >= 0 and var called) return Serve(called, running);
        if (without.HasFlag(AdaptiveParts.Rollout)) return new(usual, Expected(usual), Indices(), $"{usual} has the highest index");
        var choice = rollout.Best(situation, stuck, usual);
        return new(choice.Phase, Expected(choice.Phase), Candidates(), Reason(choice, running), Motive.LeastCost);
    }

    public Account? Account(in Situation situation, Motive motive) => motive switch
    {
        Motive.LeastCost => new(Yardstick.Waiting, Best(situation.Signals.Phase), Rollout.Margin, Costs(situation)),
        Motive.LongWait => new(Yardstick.Service, null, 0, Services(), stabiliser.First()),
        Motive.NobodyWaits => new(Yardstick.Service, null, 0, Services()),
        _ => null,
    };

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
        return new(
            wanted, Expected(wanted), Indices(), string.Create(CultureInfo.InvariantCulture, $"{wanted} serves lane {called + 1}, which has waited long enough"), Motive.LongWait);
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

    private ImmutableArray<Candidate> Candidates()
    {
        var all = new Candidate[worth.Length];
        for (var i = 0; i < all.Length; i++) all[i] = new(PhaseId.OfIndex(i), -rollout.Costs[i]);
        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    private ImmutableArray<Candidate> Indices()
    {
        var all = new Candidate[worth.Length];
        for (var i = 0; i < all.Length; i++) all[i] = new(PhaseId.OfIndex(i), worth[i].VehiclesPerSecond);
        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    /// <summary>The other phases with demand by falling worth, each after the one before has had its best length.</summary>
    private ImmutableArray<ExpectedPhase> Expected(PhaseId wanted)
    {
        var expected = ImmutableArray.CreateBuilder<ExpectedPhase>();
        var last = wanted;
        var at = Math.Max(UnconfirmedSeconds, worth[wanted.Index].Seconds);
        while (at <= OutlookSeconds && NextBest(wanted, expected) is { } next)
        {
            expected.Add(new(next, at));
            at += model.Signals.PassageSeconds(last, next) + model.Signals.Phase(next).MinimumSeconds;
            last = next;
        }

        return expected.DrainToImmutable();
    }

    private PhaseId? NextBest(PhaseId wanted, ImmutableArray<ExpectedPhase>.Builder taken)
    {
        PhaseId? best = null;
        var most = 0.0;
        foreach (var phase in model.Signals.Phases)
        {
            if (phase.Id == wanted || worth[phase.Id.Index].VehiclesPerSecond <= most || Contains(taken, phase.Id)) continue;
            best = phase.Id;
            most = worth[phase.Id.Index].VehiclesPerSecond;
        }

        return best;
    }

    private static bool Contains(ImmutableArray<ExpectedPhase>.Builder taken, PhaseId phase)
    {
        for (var i = 0; i < taken.Count; i++)
        {
            if (taken[i].Phase == phase) return true;
        }

        return false;
    }

    private string Reason(in Choice choice, PhaseId running)
    {
        if (choice.Phase == running) return string.Create(CultureInfo.InvariantCulture, $"{running} stays: to leave it now saves too little");
        var saved = (int)(rollout.Costs[running.Index] - choice.Cost);
        return saved > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{choice.Phase} now saves {saved} vehicle-seconds against staying")
            : string.Create(CultureInfo.InvariantCulture, $"{choice.Phase} serves more vehicles per second; staying saves too little");
    }
}
