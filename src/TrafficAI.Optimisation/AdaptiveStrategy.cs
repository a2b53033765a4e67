using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Shows the phase that can serve vehicles at the highest rate, the time for passing to it included.</summary>
/// <remarks>See <see cref="PhaseIndex"/>. Another phase is taken only when it is strictly better; of equals the lowest number.</remarks>
public sealed class AdaptiveStrategy(IntersectionModel model) : IStrategy
{
    /// <summary>Expectations reach so far.</summary>
    private const int OutlookSeconds = 30;

    private readonly PhaseIndex index = new(model);
    private readonly StuckLanes stuck = new(model);
    private readonly PhaseWorth[] worth = new PhaseWorth[model.Signals.Phases.Length];

    public string Name => "adaptive";

    public Proposal Propose(in Situation situation)
    {
        stuck.Observe(situation);
        if (situation.Signals.Next is { } target) return Passing.To(target);
        index.Weigh(situation, stuck, worth);
        var running = situation.Signals.Phase;
        var wanted = Best(running);
        return new(wanted, Expected(wanted), Candidates(), Reason(wanted));
    }

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
        for (var i = 0; i < all.Length; i++) all[i] = new(PhaseId.OfIndex(i), worth[i].VehiclesPerSecond);
        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    /// <summary>The other phases with demand by falling worth, each after the one before has had its best length.</summary>
    private ImmutableArray<ExpectedPhase> Expected(PhaseId wanted)
    {
        var expected = ImmutableArray.CreateBuilder<ExpectedPhase>();
        var last = wanted;
        var at = Math.Max(1, worth[wanted.Index].Seconds);
        while (at <= OutlookSeconds && NextBest(wanted, expected) is { } next)
        {
            expected.Add(new(next, at));
            at += index.Interphase(last, next) + model.Signals.Phase(next).MinimumSeconds;
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

    private string Reason(PhaseId wanted)
    {
        var (rate, vehicles, seconds) = worth[wanted.Index];
        return rate <= 0
            ? string.Create(CultureInfo.InvariantCulture, $"nobody waits; {wanted} stays")
            : string.Create(CultureInfo.InvariantCulture, $"{wanted} clears {Math.Max(1, (int)(vehicles + 0.5))} vehicles in {seconds} s");
    }
}
