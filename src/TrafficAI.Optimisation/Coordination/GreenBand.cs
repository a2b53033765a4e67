using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Departures in a direction that meet green at every stop line of a corridor, once a cycle.</summary>
/// <param name="BeginSecond">Second of the common cycle at which the band passes the stop line of the first junction, 0 to cycle − 1.</param>
/// <param name="WidthSeconds">0 to the cycle.</param>
public readonly record struct GreenBand(int BeginSecond, int WidthSeconds)
{
    /// <summary>The widest outbound band that offsets leave.</summary>
    public static GreenBand Outbound(CoordinationProblem problem, ImmutableArray<int> offsets) =>
        Widest(problem, (junction, second) => problem.Junctions[junction].OutboundGreen[
            problem.Wrap(second + problem.Junctions[junction].OutboundSeconds - offsets[junction])]);

    /// <summary>The widest inbound band that offsets leave.</summary>
    public static GreenBand Inbound(CoordinationProblem problem, ImmutableArray<int> offsets) =>
        Widest(problem, (junction, second) => problem.Junctions[junction].InboundGreen[
            problem.Wrap(second - problem.Junctions[junction].InboundSeconds - offsets[junction])]);

    private static GreenBand Widest(CoordinationProblem problem, Func<int, int, bool> isGreen)
    {
        var through = Enumerable.Range(0, problem.CycleSeconds)
            .Select(second => Enumerable.Range(0, problem.Junctions.Length).All(junction => isGreen(junction, second)))
            .ToImmutableArray();
        var runs = GreenRuns.From(through);
        var best = 0;
        for (var second = 1; second < runs.Length; second++)
            if (runs[second] > runs[best]) best = second;
        return new(best, runs[best]);
    }
}
