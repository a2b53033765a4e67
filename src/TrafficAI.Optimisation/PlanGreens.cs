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
        for (var i = 0; i < steps.Length && steps.Length > 1; i++) longest = Math.Max(longest, GreenSeconds(signals, i));
        return longest;
    }

    /// <summary>Part of the cycle of the local plan in which a lane has green, interphases left out; a movement that yields counts less. 0 to 1.</summary>
    public static double ShareOf(IntersectionModel model, int lane)
    {
        var plan = model.Signals.LocalPlan;
        var green = 0.0;
        for (var i = 0; i < plan.Steps.Length; i++) green += Math.Max(0, GreenSeconds(model.Signals, i)) * Discharge(model, lane, plan.Steps[i].Phase);
        return Math.Min(1, green / plan.CycleSeconds);
    }

    /// <summary>How long a step of the local plan shows its phase once its interphase is over; the cycle for a plan of one step.</summary>
    private static int GreenSeconds(IntersectionSignals signals, int step)
    {
        var (cycle, steps) = (signals.LocalPlan.CycleSeconds, signals.LocalPlan.Steps);
        if (steps.Length == 1) return cycle;
        var before = steps[(step + steps.Length - 1) % steps.Length].Phase;
        var length = (steps[(step + 1) % steps.Length].InterphaseStart - steps[step].InterphaseStart + cycle) % cycle;
        return length - signals.PassageSeconds(before, steps[step].Phase);
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
