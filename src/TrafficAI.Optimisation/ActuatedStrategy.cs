using System.Collections.Immutable;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Vehicle actuation: the phases of the local plan, or of the computed settings, in their order, those without calls left out, each extended while its
/// traffic keeps coming, up to a longest green.</summary>
/// <remarks>Ordinary gap-out and max-out control as in the Signal Timing Manual (FHWA-HOP-08-024), chapter 5, but with extension
/// requests per movement and from the queue, not from a bare loop gap. Crossings for pedestrians are on recall.</remarks>
public sealed class ActuatedStrategy : IStrategy
{
    private const double PassageSeconds = 3;
    private const int ShortestMaximumSeconds = 20;
    private const int LongestMaximumSeconds = 60;

    /// <summary>A lane that has not moved for so long, for so much green, requests no extension.</summary>
    private const int NoDischargeSeconds = 6;

    /// <summary>A movement with a smaller share of its lane is not called for.</summary>
    private const double LeastShare = 0.02;

    private readonly IntersectionModel model;
    private readonly DayPlans? plans;
    private readonly ImmutableArray<ActuatedPhase> untuned;
    private readonly Proposal proposal = new();
    private PhaseId running;
    private long callSince = long.MaxValue;

    /// <param name="plans">Settings computed from counts, by the time of day; null for the same settings in every phase.</param>
    public ActuatedStrategy(IntersectionModel model, DayPlans? plans = null)
    {
        (this.model, this.plans) = (model, plans);
        var longest = Math.Clamp(PlanGreens.LongestSeconds(model.Signals) * 3 / 2, ShortestMaximumSeconds, LongestMaximumSeconds);
        untuned = [.. model.Signals.LocalPlan.Steps.Select(step => new ActuatedPhase(step.Phase, longest, PassageSeconds, PassageSeconds))];
    }

    public string Name => plans is null ? "actuated" : "actuated-tuned";

    public Proposal Propose(in Situation situation)
    {
        if (situation.Signals.Next is { } target) return proposal.Pass(target);
        var next = NextCalled(situation);
        RememberCall(situation, next is not null);
        var now = situation.Signals.Phase;
        if (next is not { } called) return proposal.Want(now, Motive.NoCall, new("no call; F{0} rests", now.Number));
        var settings = SettingsOf(now, situation.ActsAt);
        var left = settings.MaximumSeconds - (int)(situation.Signals.Second - callSince);
        var extends = Extends(situation, called, Passage(settings, left));
        if (!extends) return proposal.Want(called, Motive.Gap, new("F{0} called, F{1} has a gap", called.Number, now.Number));
        if (left <= 0) return proposal.Want(called, Motive.LongestGreen, new("F{0} called, F{1} at its longest green", called.Number, now.Number));
        proposal.Want(now, Motive.Extension, new("F{0} extended, {1} s left", now.Number, left));
        proposal.Expect(called, left);
        return proposal;
    }

    private ActuatedPhase SettingsOf(PhaseId phase, long second)
    {
        var phases = plans?.At(second).Actuated ?? untuned;
        foreach (var settings in phases)
            if (settings.Phase == phase) return settings;
        return phases[^1];
    }

    private void RememberCall(in Situation situation, bool called)
    {
        if (situation.Signals.Phase != running || !called) callSince = long.MaxValue;
        running = situation.Signals.Phase;
        if (called && callSince == long.MaxValue) callSince = situation.Signals.Second;
    }

    /// <summary>The next phase in the plan's order that somebody waits for who has no green now.</summary>
    private PhaseId? NextCalled(in Situation situation)
    {
        var phases = plans?.At(situation.ActsAt).Actuated ?? untuned;
        var at = 0;
        while (at < phases.Length - 1 && phases[at].Phase != situation.Signals.Phase) at++;
        for (var i = 1; i <= phases.Length; i++)
        {
            var phase = phases[(at + i) % phases.Length].Phase;
            if (phase != situation.Signals.Phase && IsCalled(phase, situation)) return phase;
        }

        return null;
    }

    private bool IsCalled(PhaseId phase, in Situation situation)
    {
        foreach (var movement in model.Movements)
        {
            if (model.RightOf(phase, movement.Index) > model.RightOf(situation.Signals.Phase, movement.Index) && Calls(movement, situation, PassageSeconds))
                return true;
        }

        foreach (var group in model.UnseenGroups)
        {
            if (model.Signals.Phase(phase).Green[group] && !model.Signals.Phase(situation.Signals.Phase).Green[group]) return true;
        }

        return false;
    }

    private bool Calls(Movement movement, in Situation situation, double passage)
    {
        if (situation.Picture.ExitBlocked[movement.Exit]) return false;
        if (situation.Picture.TurnShares[movement.Index] < LeastShare && model.Lanes[movement.StopLane].Movements.Length > 1) return false;
        return IsNear(situation.Picture.Lanes[movement.StopLane].Vehicles, passage);
    }

    private static double Passage(ActuatedPhase settings, int left) =>
        settings.LeastPassageSeconds + (settings.PassageSeconds - settings.LeastPassageSeconds) * Math.Clamp(left, 0, settings.MaximumSeconds) / settings.MaximumSeconds;

    /// <summary>Whether a movement that would lose its green still discharges its queue or has somebody within the passage time.</summary>
    private bool Extends(in Situation situation, PhaseId next, double passage)
    {
        foreach (var movement in model.Movements)
        {
            var right = model.RightOf(situation.Signals.Phase, movement.Index);
            if (right == Right.None || model.RightOf(next, movement.Index) >= right) continue;
            if (Moves(movement, situation) && Calls(movement, situation, passage)) return true;
        }

        return false;
    }

    private static bool Moves(Movement movement, in Situation situation)
    {
        var traffic = situation.Picture.Lanes[movement.StopLane];
        return Lights.GreenSeconds(movement, situation.Signals) <= NoDischargeSeconds
            || traffic.SinceDischargeSeconds <= NoDischargeSeconds
            || traffic.Vehicles.IsEmpty
            || !traffic.Vehicles[0].Standing;
    }

    private static bool IsNear(ReadOnlySpan<ApproachingVehicle> vehicles, double passage)
    {
        foreach (var vehicle in vehicles)
        {
            if (vehicle.Standing || vehicle.ArrivalSeconds <= passage) return true;
        }

        return false;
    }
}
