using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Plans;

/// <summary>A fixed plan as a programme of SUMO: what the controller would show, state by state.</summary>
public static class PlanProgram
{
    public const string Id = "webster";

    /// <param name="plan">Its cycle begins with the passage to its first phase, as computed plans do.</param>
    public static SignalProgram Of(IntersectionSignals signals, FixedPlan plan)
    {
        var states = ImmutableArray.CreateBuilder<ProgramState>();
        for (var i = 0; i < plan.Steps.Length; i++)
        {
            var passage = signals.Interphase(plan.Steps[(i + plan.Steps.Length - 1) % plan.Steps.Length].Phase, plan.Steps[i].Phase);
            var phase = signals.Phase(plan.Steps[i].Phase);
            var end = i + 1 < plan.Steps.Length ? plan.Steps[i + 1].InterphaseStart : plan.CycleSeconds;
            foreach (var second in passage.Seconds) Add(states, second.Letters);
            states.Add(new(1000 * (end - plan.Steps[i].InterphaseStart - passage.Length), phase.Letters, 1000 * phase.MinimumSeconds, null));
        }

        return new(Id, "static", 1000 * plan.OffsetSeconds, states.ToImmutable());
    }

    /// <summary>One more second of the passage.</summary>
    private static void Add(ImmutableArray<ProgramState>.Builder states, string letters)
    {
        if (states.Count > 0 && states[^1] is { MinimumMilliseconds: null } last && last.Letters == letters)
            states[^1] = last with { DurationMilliseconds = last.DurationMilliseconds + 1000 };
        else states.Add(new(1000, letters, null, null));
    }
}
