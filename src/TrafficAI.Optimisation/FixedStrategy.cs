using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>A plan of fixed times.</summary>
/// <param name="plans">Computed ones, by the time of day; null for the controller's own.</param>
public sealed class FixedStrategy(IntersectionModel model, DayPlans? plans = null) : IStrategy
{
    private const int OutlookSeconds = 40;
    private readonly Proposal proposal = new();

    public string Name => plans is null ? "fixed" : "webster";

    public Proposal Propose(in Situation situation)
    {
        var plan = plans?.At(situation.ActsAt).Webster ?? model.Signals.LocalPlan;
        proposal.Want(plan.PhaseAt(situation.ActsAt), Motive.Plan, new("fixed plan"));
        Expect(plan, situation.ActsAt);
        return proposal;
    }

    private void Expect(FixedPlan plan, long second)
    {
        var last = plan.PhaseAt(second);
        for (var after = 1; after <= OutlookSeconds; after++)
        {
            var phase = plan.PhaseAt(second + after);
            if (phase != last) proposal.Expect(phase, after);
            last = phase;
        }
    }
}
