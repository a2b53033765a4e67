using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>What the local plan of an intersection shows, second by second of its cycle.</summary>
public static class PlanGreen
{
    /// <summary>Whether some of the groups has green, flashing green included, per second of <paramref name="cycle"/>, counted from the plan's offset.</summary>
    /// <param name="groups">Indices of signal groups.</param>
    /// <param name="cycle">The plan's own cycle, or a whole multiple of it.</param>
    /// <returns>Null where the guards do not let the plan run as it stands, so that its cycles differ.</returns>
    public static ImmutableArray<bool>? Of(IntersectionSignals signals, ImmutableArray<int> groups, int cycle)
    {
        var plan = signals.LocalPlan with { OffsetSeconds = 0 };
        var state = SignalDecider.Start(signals with { LocalPlan = plan }, -1);
        var lamps = new ImmutableArray<Lamp>[2 * plan.CycleSeconds];
        for (var second = 0; second < lamps.Length; second++)
        {
            state = SignalDecider.Advance(signals, state, plan.PhaseAt(second)).State;
            lamps[second] = state.Lamps;
        }

        for (var second = 0; second < plan.CycleSeconds; second++)
            if (!lamps[second].SequenceEqual(lamps[second + plan.CycleSeconds])) return null;
        return [.. Enumerable.Range(0, cycle).Select(second => groups.Any(group => lamps[second % plan.CycleSeconds][group].IsGreen()))];
    }
}
