using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>A plan of fixed times: the cycle of least delay, and greens of equal saturation.</summary>
/// <param name="Problem">What it was computed for.</param>
/// <param name="Cycle">Seconds.</param>
/// <param name="Greens">Per step of the cycle, seconds.</param>
/// <remarks>Webster's method (1958, Traffic Signal Settings, Road Research Technical Paper 39, HMSO) with his minimum looked for among all whole cycles. His formula
/// (1.5 L + 5) / (1 − Y) comes near to it where no shortest green binds and each lane has one phase; where pedestrians or turns that yield decide, it does not.</remarks>
public sealed record WebsterPlan(SplitProblem Problem, int Cycle, ImmutableArray<int> Greens)
{
    /// <summary>No cycle is longer, unless the shortest greens need it; a junction over capacity gets about this.</summary>
    public const int LongestCycle = 120;

    /// <summary>Demand / capacity of the most saturated lane.</summary>
    public double Saturation => EqualSaturation.Highest(Problem, Cycle, Greens.AsSpan());

    /// <summary>As the controller runs it.</summary>
    public FixedPlan Plan => PlanFit.Plan(Problem, Greens.AsSpan());

    /// <summary>Cycle and splits for given phases. A single phase keeps its programme.</summary>
    /// <param name="signals">Those of the problem.</param>
    public static WebsterPlan Compute(IntersectionSignals signals, SplitProblem problem)
    {
        if (problem.Order.Length == 1) return new(problem, signals.LocalPlan.CycleSeconds, [signals.LocalPlan.CycleSeconds - problem.LostSeconds]);
        problem = PlanFit.Runnable(signals, problem);
        for (var cycle = BestCycle(problem); ; cycle--)
        {
            var plan = new WebsterPlan(problem, cycle, EqualSaturation.Greens(problem, cycle));
            if (cycle == problem.LeastCycle || PlanFit.Held(signals, plan.Plan) is null) return plan;
        }
    }

    /// <summary>The whole cycle of least delay.</summary>
    public static int BestCycle(SplitProblem problem) =>
        Enumerable.Range(problem.LeastCycle, Math.Max(problem.LeastCycle, LongestCycle) - problem.LeastCycle + 1)
            .MinBy(cycle => SignalDelay.PerHour(problem, cycle, EqualSaturation.Greens(problem, cycle).AsSpan()));
}
