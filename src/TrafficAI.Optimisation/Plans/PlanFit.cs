using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Brings splits into a plan that runs under the guards of the decider as it stands.</summary>
public static class PlanFit
{
    /// <summary>The plan of given greens: the passage to its first phase begins the cycle.</summary>
    public static FixedPlan Plan(SplitProblem problem, ReadOnlySpan<int> greens, int offset = 0)
    {
        var steps = ImmutableArray.CreateBuilder<FixedStep>(greens.Length);
        var at = 0;
        for (var step = 0; step < greens.Length; step++)
        {
            steps.Add(new(problem.Order[step], at));
            at += problem.PassageSeconds[step] + greens[step];
        }

        return new(at, offset, steps.MoveToImmutable());
    }

    /// <summary>The first time in two cycles that a guard holds the plan back, and for how long; null where none does.</summary>
    public static (PhaseId Held, Guard Guard, int Seconds)? Held(IntersectionSignals signals, FixedPlan plan)
    {
        var own = signals with { LocalPlan = plan };
        var state = SignalDecider.Start(own, plan.OffsetSeconds - 1);
        (PhaseId Held, Guard Guard, int Seconds)? held = null;
        for (var second = 0; second < 2 * plan.CycleSeconds; second++)
        {
            var wanted = plan.PhaseAt(state.Second + 1);
            var step = SignalDecider.Advance(own, state, wanted);
            if (step.Bound == Guard.None && held is not null) return held;
            if (step.Bound != Guard.None) held = (state.Phase, held?.Guard ?? step.Bound, (held?.Seconds ?? 0) + 1);
            state = step.State;
        }

        return held;
    }

    /// <summary>The problem with its shortest greens lengthened until its shortest cycle runs as it stands: minima of groups, and intergreens that run
    /// across a short phase. What the maximum red takes is left: see <see cref="WebsterPlan"/>.</summary>
    public static SplitProblem Runnable(IntersectionSignals signals, SplitProblem problem)
    {
        while (Held(signals, Plan(problem, problem.LeastSeconds.AsSpan())) is { Guard: Guard.MinimumGreen or Guard.Intergreen } held)
            problem = problem.Lengthened(problem.Order.IndexOf(held.Held), held.Seconds);
        return problem;
    }
}
