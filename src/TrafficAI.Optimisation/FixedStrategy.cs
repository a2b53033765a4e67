using System.Collections.Immutable;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>A plan of fixed times.</summary>
/// <param name="plans">Computed ones, by the time of day; null for the controller's own.</param>
public sealed class FixedStrategy(IntersectionModel model, DayPlans? plans = null) : IStrategy
{
    private const int OutlookSeconds = 40;

    public string Name => plans is null ? "fixed" : "webster";

    public Proposal Propose(in Situation situation)
    {
        var plan = plans?.At(situation.ActsAt).Webster ?? model.Signals.LocalPlan;
        return new(plan.PhaseAt(situation.ActsAt), Expected(plan, situation.ActsAt), [], "fixed plan", Motive.Plan);
    }

    private static ImmutableArray<ExpectedPhase> Expected(FixedPlan plan, long second)
    {
        var expected = ImmutableArray.CreateBuilder<ExpectedPhase>();
        var last = plan.PhaseAt(second);
        for (var after = 1; after <= OutlookSeconds; after++)
        {
            var phase = plan.PhaseAt(second + after);
            if (phase != last) expected.Add(new(phase, after));
            last = phase;
        }

        return expected.DrainToImmutable();
    }
}
