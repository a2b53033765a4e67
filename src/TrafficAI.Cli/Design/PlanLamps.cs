using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Design;

/// <summary>What the local plan shows in a cycle once it runs, under the decider.</summary>
public static class PlanLamps
{
    /// <summary>Per second of the cycle the lamps of all groups.</summary>
    public static ImmutableArray<ImmutableArray<Lamp>> Of(IntersectionSignals signals)
    {
        var plan = signals.LocalPlan with { OffsetSeconds = 0 };
        var state = SignalDecider.Start(signals with { LocalPlan = plan }, -1);
        var lamps = new ImmutableArray<Lamp>[2 * plan.CycleSeconds];
        for (var second = 0; second < lamps.Length; second++)
        {
            state = SignalDecider.Advance(signals, state, plan.PhaseAt(second)).State;
            lamps[second] = state.Lamps;
        }

        return [.. lamps[plan.CycleSeconds..]];
    }
}
