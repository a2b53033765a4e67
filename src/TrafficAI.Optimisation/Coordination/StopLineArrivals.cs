using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>Vehicles that came to a stop line over some cycles.</summary>
/// <param name="PerSecond">Per second of the common cycle (street second modulo cycle) how many would have come, had nobody stood in their way.</param>
/// <param name="DischargePerSecond">How many of a standing queue leave in that second of all these cycles while it is green; more than 0.</param>
public sealed record StopLineArrivals(ImmutableArray<int> PerSecond, double DischargePerSecond)
{
    private const int SettlingCycles = 3;

    /// <summary>Vehicles that come on green.</summary>
    /// <param name="green">Per second of the cycle, counted from the offset.</param>
    /// <param name="offset">Any second.</param>
    public long OnGreen(ImmutableArray<bool> green, int offset)
    {
        long sum = 0;
        for (var second = 0; second < green.Length; second++)
            if (green[InCycle(second - offset)]) sum += PerSecond[second];
        return sum;
    }

    /// <summary>Vehicle-seconds that they wait in a queue without length: what comes joins it, and green lets it out. The rest of one cycle waits on in the
    /// next; the third cycle counts.</summary>
    /// <inheritdoc cref="OnGreen"/>
    public double Waiting(ImmutableArray<bool> green, int offset)
    {
        double queue = 0, sum = 0;
        for (var second = 0; second < SettlingCycles * green.Length; second++)
        {
            queue += PerSecond[second % green.Length];
            if (green[InCycle(second - offset)]) queue = Math.Max(0, queue - DischargePerSecond);
            if (second >= (SettlingCycles - 1) * green.Length) sum += queue;
        }

        return sum;
    }

    private int InCycle(int second)
    {
        var rest = second % PerSecond.Length;
        return rest < 0 ? rest + PerSecond.Length : rest;
    }
}
