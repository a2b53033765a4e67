namespace TrafficAI.Optimisation;

/// <summary>What one run of a rollout cost from second to second, kept so that a run of the same course need not be run again.</summary>
public sealed class RolloutCourse
{
    private readonly double[] sums = new double[RolloutRun.HorizonSeconds];
    private ulong asked;
    private int seconds;
    private double end;
    private bool complete;

    /// <summary>A run begins.</summary>
    public void Clear() => (asked, seconds, complete) = (0, 0, false);

    /// <summary>The base policy is asked in second <paramref name="t"/>, the running phase having been held until then.</summary>
    public void Ask(int t)
    {
        if (t < 64) asked |= 1UL << t;
    }

    /// <summary>A run that holds the running phase until <paramref name="t"/> and then asks the base policy takes the same course.</summary>
    public bool IsThatOf(int t) => t < 64 && (asked >> t & 1) != 0;

    /// <summary>A second has passed.</summary>
    /// <param name="sum">Cost so far.</param>
    public void Add(double sum) => sums[seconds++] = sum;

    /// <summary>The run was not broken off.</summary>
    /// <param name="cost">Of all.</param>
    public void Complete(double cost) => (end, complete) = (cost, true);

    /// <summary>What the same course gives under a limit; null where it was broken off before that can be told.</summary>
    public double? Cost(double limit)
    {
        foreach (var sum in sums.AsSpan(0, seconds))
        {
            if (sum > limit) return sum;
        }

        return complete ? end : null;
    }
}
