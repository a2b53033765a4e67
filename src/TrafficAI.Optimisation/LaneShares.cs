using System.Collections.Immutable;

namespace TrafficAI.Optimisation;

/// <summary>Learns which of several stop lanes vehicles end up on.</summary>
/// <param name="options">Indices of stop lanes; at least one.</param>
/// <param name="prior">Vehicles believed to have chosen each before any was seen.</param>
public sealed class LaneShares(ImmutableArray<int> options, ImmutableArray<double> prior)
{
    /// <summary>Beyond so many vehicles half are forgotten, so that it can follow the time of day.</summary>
    private const double MemoryVehicles = 200;

    private readonly double[] counts = [.. prior];

    /// <summary>The stop lane that a vehicle is taken to choose.</summary>
    /// <param name="at">Where it lies in [0, 1): fixed for one vehicle.</param>
    public int Choose(double at)
    {
        var left = at * counts.Sum();
        for (var i = 0; i < options.Length - 1; i++)
        {
            left -= counts[i];
            if (left < 0) return options[i];
        }

        return options[^1];
    }

    /// <summary>A vehicle has reached a stop lane.</summary>
    public void Learn(int stopLane)
    {
        var chosen = options.IndexOf(stopLane);
        if (chosen < 0) return;
        counts[chosen] += 1;
        if (counts.Sum() <= MemoryVehicles) return;
        for (var i = 0; i < counts.Length; i++) counts[i] /= 2;
    }
}
