using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>What came to the stop lines of a corridor, per junction in outbound order.</summary>
public sealed record CorridorArrivals(ImmutableArray<StopLineArrivals> Outbound, ImmutableArray<StopLineArrivals> Inbound);

/// <summary>Improves offsets link by link on measured arrivals.</summary>
/// <remarks>The scheme of Day and Bullock (2011), Computational Efficiency of Alternative Algorithms for Arterial Offset Optimization, Transportation
/// Research Record 2259: what arrives over a link moves with the offset of the junction that it comes from, and all junctions behind the link move
/// together, so that each link is solved for itself. They maximise arrivals on green. Here the arrivals wait as little as possible, which tells
/// who comes just before green from who comes just after it: in the corridor scenario the former made delay worse.</remarks>
public static class LinkPivot
{
    /// <summary>Vehicles that come on green at the inner stop lines, both directions, and all that come there.</summary>
    /// <param name="offsets">Those under which the arrivals were measured.</param>
    public static (long OnGreen, long All) ArrivalsOnGreen(CoordinationProblem problem, ImmutableArray<int> offsets, CorridorArrivals arrivals)
    {
        long onGreen = 0, all = 0;
        for (var link = 0; link + 1 < offsets.Length; link++)
        {
            onGreen += arrivals.Outbound[link + 1].OnGreen(problem.Junctions[link + 1].OutboundGreen, offsets[link + 1]);
            onGreen += arrivals.Inbound[link].OnGreen(problem.Junctions[link].InboundGreen, offsets[link]);
            all += arrivals.Outbound[link + 1].PerSecond.Sum() + arrivals.Inbound[link].PerSecond.Sum();
        }

        return (onGreen, all);
    }

    /// <summary>The offsets under which the arrivals wait least, as far as their profiles tell; among equals the smallest change.</summary>
    /// <param name="offsets">Those under which the arrivals were measured.</param>
    public static ImmutableArray<int> Improve(CoordinationProblem problem, ImmutableArray<int> offsets, CorridorArrivals arrivals)
    {
        var improved = ImmutableArray.CreateBuilder<int>(offsets.Length);
        improved.Add(offsets[0]);
        var moved = 0;
        for (var link = 0; link + 1 < offsets.Length; link++)
        {
            moved += BestMove(problem, offsets, arrivals, link);
            improved.Add(problem.Wrap(offsets[link + 1] + moved));
        }

        return improved.MoveToImmutable();
    }

    private static int BestMove(CoordinationProblem problem, ImmutableArray<int> offsets, CorridorArrivals arrivals, int link)
    {
        var (best, least) = (0, Waiting(problem, offsets, arrivals, link, 0));
        for (var distance = 1; distance <= problem.CycleSeconds / 2; distance++)
            foreach (var later in (ReadOnlySpan<int>)[distance, -distance])
                if (Waiting(problem, offsets, arrivals, link, later) is var found && found < least) (best, least) = (later, found);
        return best;
    }

    /// <summary>Both directions of a link when the junction at its end moves later by some seconds: outbound the greens move against the
    /// arrivals, inbound the arrivals against the greens.</summary>
    private static double Waiting(CoordinationProblem problem, ImmutableArray<int> offsets, CorridorArrivals arrivals, int link, int later) =>
        arrivals.Outbound[link + 1].Waiting(problem.Junctions[link + 1].OutboundGreen, offsets[link + 1] + later)
        + arrivals.Inbound[link].Waiting(problem.Junctions[link].InboundGreen, offsets[link] - later);
}
