using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>The offsets with the widest green bands, exactly.</summary>
/// <remarks>
/// Fix how long after the outbound band the inbound one passes the first stop line, at any junction: then each junction chooses its offset for
/// itself, and it allows a pair of widths if some offset puts both bands inside its greens. So for each of the C lags a junction gives a
/// falling staircase, the widest inbound band over the width of the outbound one; the least of all staircases is what the corridor allows,
/// and the best point of the best lag is the optimum: nothing is left out. Work: junctions × C² steps. The problem is that of Little, Kelson and
/// Gartner (1981), MAXBAND, Transportation Research Record 795, on whole seconds and with any number of greens in a cycle.
/// </remarks>
public sealed class MaximumBandwidth
{
    private readonly CoordinationProblem problem;
    private readonly bool balanced;
    private readonly int cycle;
    private readonly int[][] outboundRuns;
    private readonly int[][] inboundRuns;

    private MaximumBandwidth(CoordinationProblem problem, bool balanced)
    {
        (this.problem, this.balanced, cycle) = (problem, balanced, problem.CycleSeconds);
        outboundRuns = [.. problem.Junctions.Select(j => GreenRuns.From(j.OutboundGreen))];
        inboundRuns = [.. problem.Junctions.Select(j => GreenRuns.From(j.InboundGreen))];
    }

    /// <summary>Maximises the weighted sum of both widths. Among equals it takes the pair whose narrower band is wider, then the wider other one, then the
    /// smaller lag; and at each junction the offset that keeps the bands farthest from red.</summary>
    /// <param name="balanced">The narrower band comes first, then the weighted sum: a sum alone may leave one direction without a band.</param>
    public static CoordinatedOffsets Solve(CoordinationProblem problem, bool balanced = false)
    {
        var solver = new MaximumBandwidth(problem, balanced);
        return CoordinatedOffsets.Of(problem, solver.OffsetsFor(solver.Best()));
    }

    private Choice Best()
    {
        var best = new Choice(0, 0, 0);
        var frontier = new int[cycle + 1];
        var staircase = new int[cycle + 1];
        for (var lag = 0; lag < cycle; lag++)
        {
            Array.Fill(frontier, cycle);
            for (var junction = 0; junction < problem.Junctions.Length; junction++) Narrow(frontier, staircase, junction, lag);
            for (var width = 0; width <= cycle && frontier[width] >= 0; width++)
            {
                var choice = new Choice(lag, width, frontier[width]);
                if (IsBetter(choice, best)) best = choice;
            }
        }

        return best;
    }

    /// <summary>Lowers the frontier to what a junction allows; −1 where no offset holds an outbound band of that width.</summary>
    private void Narrow(int[] frontier, int[] staircase, int junction, int lag)
    {
        var (outbound, inbound) = (outboundRuns[junction], inboundRuns[junction]);
        Array.Fill(staircase, -1);
        var at = InboundAt(junction, 0, lag);
        foreach (var run in outbound)
        {
            staircase[run] = Math.Max(staircase[run], inbound[at]);
            if (++at == cycle) at = 0;
        }

        var widest = -1;
        for (var width = cycle; width >= 0; width--)
        {
            widest = Math.Max(widest, staircase[width]);
            frontier[width] = Math.Min(frontier[width], widest);
        }
    }

    /// <summary>Second of the junction's cycle at which the inbound band reaches it, where the outbound one does at <paramref name="outboundAt"/>.</summary>
    private int InboundAt(int junction, int outboundAt, int lag) =>
        problem.Wrap((long)outboundAt + lag - problem.Junctions[junction].InboundSeconds - problem.Junctions[junction].OutboundSeconds);

    private bool IsBetter(Choice choice, Choice than) => Rank(choice).CompareTo(Rank(than)) > 0;

    private (long First, long Second, int Sum) Rank(Choice choice)
    {
        var (value, narrower) = (problem.Value(choice.Outbound, choice.Inbound), Math.Min(choice.Outbound, choice.Inbound));
        return (balanced ? narrower : value, balanced ? value : narrower, choice.Outbound + choice.Inbound);
    }

    private ImmutableArray<int> OffsetsFor(Choice choice)
    {
        var offsets = Enumerable.Range(0, problem.Junctions.Length)
            .Select(junction => problem.Junctions[junction].OutboundSeconds - OutboundAt(junction, choice))
            .ToArray();
        return [.. offsets.Select(offset => problem.Wrap(offset - offsets[0]))];
    }

    /// <summary>Second of the junction's cycle at which the outbound band had best reach it.</summary>
    private int OutboundAt(int junction, Choice choice)
    {
        var (outbound, inbound) = (outboundRuns[junction], inboundRuns[junction]);
        var (outboundBefore, inboundBefore) = (GreenRuns.Before(problem.Junctions[junction].OutboundGreen), GreenRuns.Before(problem.Junctions[junction].InboundGreen));
        var (best, widest) = (-1, -1);
        for (var second = 0; second < cycle; second++)
        {
            var back = InboundAt(junction, second, choice.Lag);
            if (outbound[second] < choice.Outbound || inbound[back] < choice.Inbound) continue;
            var margin = Math.Min(
                Margin(outboundBefore[second], outbound[second], choice.Outbound), Margin(inboundBefore[back], inbound[back], choice.Inbound));
            if (margin > widest) (best, widest) = (second, margin);
        }

        return best;
    }

    /// <summary>Green that is left over on the narrower side of a band; a band without width does not count.</summary>
    private int Margin(int before, int run, int width) => width == 0 ? cycle : Math.Min(before, run - width);

    /// <param name="Lag">From the begin of the outbound band to that of the inbound one at the first stop line, 0 to cycle − 1.</param>
    private readonly record struct Choice(int Lag, int Outbound, int Inbound);
}
