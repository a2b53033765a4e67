using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>The controller's own plan of fixed times.</summary>
public sealed class FixedStrategy(IntersectionModel model) : IStrategy
{
    private const int OutlookSeconds = 40;

    public string Name => "fixed";

    public Proposal Propose(in Situation situation)
    {
        var plan = model.Signals.LocalPlan;
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
