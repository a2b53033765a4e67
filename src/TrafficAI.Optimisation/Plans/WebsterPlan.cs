using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>A plan of fixed times as Webster computed it.</summary>
/// <param name="Problem">What it was computed for.</param>
/// <param name="Cycle">Seconds.</param>
/// <param name="Greens">Per step of the cycle, seconds.</param>
public sealed record WebsterPlan(SplitProblem Problem, int Cycle, ImmutableArray<int> Greens)
{
    /// <summary>No cycle is longer, unless the shortest greens need it; also what a junction over capacity gets.</summary>
    public const int LongestCycle = 120;

    /// <summary>The critical flow ratio that the formula is given at most.</summary>
    private const double HighestRatio = 0.9;

    /// <summary>Demand / capacity of the most saturated lane.</summary>
    public double Saturation => EqualSaturation.Highest(Problem, Cycle, Greens.AsSpan());

    /// <summary>As the controller runs it.</summary>
    public FixedPlan Plan => PlanFit.Plan(Problem, Greens.AsSpan());

    /// <summary>Vehicle-seconds of delay in an hour, as computed.</summary>
    public double Delay => SignalDelay.PerHour(Problem, Cycle, Greens.AsSpan());

    /// <summary>Cycle and splits for given phases.</summary>
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

    /// <summary>Webster's cycle of least delay, (1.5 L + 5) / (1 − Y), in whole seconds.</summary>
    /// <param name="lostSeconds">L, 0 or more.</param>
    /// <param name="criticalRatio">Y, the sum of the critical flow ratios; taken as 0.9 where it is higher, since no cycle serves 1.</param>
    /// <remarks>Webster (1958), Traffic Signal Settings, Road Research Technical Paper 39, HMSO.</remarks>
    public static int Optimum(int lostSeconds, double criticalRatio) =>
        (int)Math.Round((1.5 * lostSeconds + 5) / (1 - Math.Min(HighestRatio, criticalRatio)), MidpointRounding.AwayFromZero);

    /// <summary>Y: the share of an hour that the critical lanes need green, were there no minima.</summary>
    public static double CriticalRatio(SplitProblem problem)
    {
        var free = problem with { LeastSeconds = [.. problem.LeastSeconds.Select(_ => 0)] };
        var cycle = LongestCycle + problem.LostSeconds;
        return EqualSaturation.Highest(free, cycle, EqualSaturation.Greens(free, cycle).AsSpan()) * LongestCycle / cycle;
    }

    private static int BestCycle(SplitProblem problem) =>
        Enumerable.Range(problem.LeastCycle, Math.Max(problem.LeastCycle, LongestCycle) - problem.LeastCycle + 1)
            .MinBy(cycle => SignalDelay.PerHour(problem, cycle, EqualSaturation.Greens(problem, cycle).AsSpan()));
}
