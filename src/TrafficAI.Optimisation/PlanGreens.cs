using TrafficAI.Signals;

namespace TrafficAI.Optimisation;

/// <summary>Lengths of green in a plan of fixed times.</summary>
public static class PlanGreens
{
    /// <summary>The longest time that a phase of the local plan is shown without its interphase; 0 for a plan of one step.</summary>
    public static int LongestSeconds(IntersectionSignals signals)
    {
        var steps = signals.LocalPlan.Steps;
        var longest = 0;
        for (var i = 0; i < steps.Length && steps.Length > 1; i++)
        {
            var before = steps[(i + steps.Length - 1) % steps.Length].Phase;
            var next = steps[(i + 1) % steps.Length];
            var length = (next.InterphaseStart - steps[i].InterphaseStart + signals.LocalPlan.CycleSeconds) % signals.LocalPlan.CycleSeconds;
            var interphase = before == steps[i].Phase ? 0 : signals.Interphase(before, steps[i].Phase).Length;
            longest = Math.Max(longest, length - interphase);
        }

        return longest;
    }

    /// <summary>Part of the cycle of the local plan in which a lane has green, interphases left out; a movement that yields counts less. 0 to 1.</summary>
    public static double ShareOf(IntersectionModel model, int lane)
    {
        var plan = model.Signals.LocalPlan;
        var green = 0.0;
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            var length = i + 1 < plan.Steps.Length ? plan.Steps[i + 1].InterphaseStart : plan.CycleSeconds + plan.Steps[0].InterphaseStart;
            var before = plan.Steps[(i + plan.Steps.Length - 1) % plan.Steps.Length].Phase;
            var interphase = before == plan.Steps[i].Phase ? 0 : model.Signals.Interphase(before, plan.Steps[i].Phase).Length;
            green += Math.Max(0, length - plan.Steps[i].InterphaseStart - interphase) * Discharge(model, lane, plan.Steps[i].Phase);
        }

        return Math.Min(1, green / plan.CycleSeconds);
    }

    /// <summary>Relative to protected green for every movement of the lane.</summary>
    private static double Discharge(IntersectionModel model, int lane, PhaseId phase)
    {
        var sum = 0.0;
        foreach (var m in model.Lanes[lane].Movements)
            sum += model.RightOf(phase, m) switch { Right.Protected => 1, Right.Yielding => DischargeRates.YieldingFactor, _ => 0 };
        return sum / model.Lanes[lane].Movements.Length;
    }
}
