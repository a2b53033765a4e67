using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>Learns which of the stop lanes at its end the vehicles of a link come to.</summary>
/// <remarks>A Dirichlet prior of a few vehicles, which keep their lane as those of the other links do.</remarks>
/// <param name="ends">At least one.</param>
/// <param name="lanes">Shared by all links of the intersection.</param>
public sealed class EndShares(ImmutableArray<LinkEnd> ends, LaneKeeping lanes)
{
    private const double PriorVehicles = 3;
    private const double MemoryVehicles = 100;

    private readonly double[] counted = new double[ends.Length];
    private readonly double[] credit = new double[ends.Length];
    private readonly bool hasSame = ends.Any(end => end.IsSame);
    private double total;

    /// <summary>Share of an end, 0 to 1; those of all ends add up to 1.</summary>
    public double Share(int end) => (counted[end] + PriorVehicles * Prior(end)) / (total + PriorVehicles);

    /// <summary>One came to an end.</summary>
    /// <param name="part">Probability that it came by this link, 0 to 1.</param>
    public void Learn(int end, double part)
    {
        if (hasSame && ends.Length > 1) lanes.Learn(ends[end].IsSame, part);
        counted[end] += part;
        total += part;
        if (total <= MemoryVehicles) return;
        for (var i = 0; i < counted.Length; i++) counted[i] /= 2;
        total /= 2;
    }

    /// <summary>The end that lacks most of its share: it gets the next one.</summary>
    public int Choose()
    {
        var best = 0;
        for (var i = 0; i < credit.Length; i++)
        {
            credit[i] += Share(i);
            if (credit[i] > credit[best]) best = i;
        }

        credit[best]--;
        return best;
    }

    private double Prior(int end)
    {
        if (!hasSame || ends.Length == 1) return 1.0 / ends.Length;
        return ends[end].IsSame ? lanes.Part : (1 - lanes.Part) / (ends.Length - 1);
    }
}
