using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Vehicles that came to the stop lines of a corridor, per junction and second of the common cycle (street second modulo cycle), had
/// nobody stood in their way.</summary>
/// <param name="Outbound">junctions × cycle.</param>
/// <param name="Inbound">junctions × cycle.</param>
public sealed record ArrivalProfiles(ImmutableArray<ImmutableArray<int>> Outbound, ImmutableArray<ImmutableArray<int>> Inbound);

/// <summary>Improves offsets link by link on measured arrivals.</summary>
/// <remarks>Day and Bullock (2011), Computational Efficiency of Alternative Algorithms for Arterial Offset Optimization, Transportation Research
/// Record 2259. What arrives over a link moves with the offset of its upstream junction; all junctions behind the link move together, so each link is solved for itself.</remarks>
public static class LinkPivot
{
    /// <summary>Vehicles that would come on green at the inner stop lines, both directions, and all that came there.</summary>
    public static (long OnGreen, long All) ArrivalsOnGreen(CoordinationProblem problem, ImmutableArray<int> offsets, ArrivalProfiles arrivals)
    {
        long onGreen = 0, all = 0;
        for (var link = 0; link + 1 < problem.Junctions.Length; link++)
        {
            onGreen += OnGreen(problem, offsets, arrivals, link, 0);
            all += arrivals.Outbound[link + 1].Sum() + arrivals.Inbound[link].Sum();
        }

        return (onGreen, all);
    }

    /// <summary>The offsets with most arrivals on green, as far as the profiles tell; among equals the smallest change.</summary>
    /// <param name="offsets">Those under which the arrivals were measured.</param>
    public static ImmutableArray<int> Improve(CoordinationProblem problem, ImmutableArray<int> offsets, ArrivalProfiles arrivals)
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

    private static int BestMove(CoordinationProblem problem, ImmutableArray<int> offsets, ArrivalProfiles arrivals, int link)
    {
        var (best, most) = (0, OnGreen(problem, offsets, arrivals, link, 0));
        for (var distance = 1; distance <= problem.CycleSeconds / 2; distance++)
            foreach (var move in (ReadOnlySpan<int>)[distance, -distance])
                if (OnGreen(problem, offsets, arrivals, link, move) is var found && found > most) (best, most) = (move, found);
        return best;
    }

    /// <summary>Arrivals on green over a link when the junction behind it moves later by some seconds.</summary>
    private static long OnGreen(CoordinationProblem problem, ImmutableArray<int> offsets, ArrivalProfiles arrivals, int link, int later)
    {
        long sum = 0;
        for (var second = 0; second < problem.CycleSeconds; second++)
        {
            if (problem.Junctions[link + 1].OutboundGreen[problem.Wrap(second - offsets[link + 1] - later)]) sum += arrivals.Outbound[link + 1][second];
            if (problem.Junctions[link].InboundGreen[problem.Wrap(second + later - offsets[link])]) sum += arrivals.Inbound[link][second];
        }

        return sum;
    }
}
