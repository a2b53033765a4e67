using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Webster's splits on whole seconds: the most saturated lane is as little saturated as the cycle allows.</summary>
/// <remarks>Beyond the shortest greens each second goes to a step that serves the most saturated lane that more green can still help; where several
/// serve it, to the one that leaves the least sum of squares. With one critical lane for each phase these are greens in proportion to the
/// critical flow ratios, as in Webster (1958), Traffic Signal Settings, Road Research Technical Paper 39; minima, lanes that several phases serve and lanes that
/// are green in passages are kept too.</remarks>
public static class EqualSaturation
{
    /// <summary>Seconds of green per step; with the passages they make the cycle.</summary>
    /// <param name="cycle">At least <see cref="SplitProblem.LeastCycle"/>.</param>
    public static ImmutableArray<int> Greens(SplitProblem problem, int cycle)
    {
        int[] greens = [.. problem.LeastSeconds];
        for (var left = cycle - problem.LeastCycle; left > 0; left--) greens[NextStep(problem, cycle, greens)]++;
        return [.. greens];
    }

    /// <summary>The degree of saturation of the most saturated lane; 0 without any.</summary>
    public static double Highest(SplitProblem problem, int cycle, ReadOnlySpan<int> greens)
    {
        var highest = 0.0;
        foreach (var lane in problem.Lanes) highest = Math.Max(highest, lane.Saturation(cycle, greens));
        return highest;
    }

    private static int NextStep(SplitProblem problem, int cycle, int[] greens)
    {
        foreach (var lane in problem.Lanes.OrderByDescending(l => l.Saturation(cycle, greens)))
        {
            var (best, least) = (-1, double.PositiveInfinity);
            for (var step = 0; step < greens.Length; step++)
            {
                if (!Helps(lane.Steps[step], cycle, greens[step])) continue;
                greens[step]++;
                var squares = Squares(problem, cycle, greens);
                greens[step]--;
                if (best < 0 || squares < least) (best, least) = (step, squares);
            }

            if (best >= 0) return best;
        }

        return Array.IndexOf(greens, greens.Min());
    }

    private static bool Helps(LaneService service, int cycle, int green) => service.Capacity(cycle, green + 1) > service.Capacity(cycle, green);

    private static double Squares(SplitProblem problem, int cycle, int[] greens)
    {
        var sum = 0.0;
        foreach (var lane in problem.Lanes)
        {
            var saturation = lane.Saturation(cycle, greens);
            sum += saturation * saturation;
        }

        return sum;
    }
}
