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
}
