using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>How a stop lane is served by one step of a cycle.</summary>
/// <param name="PerSecond">Vehicles that leave in a second of green.</param>
/// <param name="PassageSeconds">Seconds of the passage to the step in which the lane goes on being green.</param>
/// <param name="Most">Vehicles that can leave in the step before one stands at the head that has red; infinite where all have green.</param>
public readonly record struct LaneService(double PerSecond, int PassageSeconds, double Most)
{
    /// <summary>Vehicles that can leave in one cycle.</summary>
    public double Capacity(int greenSeconds) => Math.Min(PerSecond * (greenSeconds + PassageSeconds), Most);
}

/// <summary>A stop lane with its demand.</summary>
/// <param name="Flow">Vehicles per hour; more than 0.</param>
/// <param name="Steps">Per step of the cycle.</param>
public sealed record LaneLoad(double Flow, ImmutableArray<LaneService> Steps)
{
    /// <summary>Demand / capacity; infinite where the lane is never served.</summary>
    public double Saturation(int cycle, ReadOnlySpan<int> greens) => Flow * cycle / 3600 / Capacity(greens);

    /// <summary>Vehicles that can leave in one cycle.</summary>
    public double Capacity(ReadOnlySpan<int> greens)
    {
        var sum = 0.0;
        for (var step = 0; step < Steps.Length; step++) sum += Steps[step].Capacity(greens[step]);
        return sum;
    }

    /// <summary>Saturation flow, vehicles per second: of the step that serves it fastest.</summary>
    public double PerSecond => Steps.Max(s => s.PerSecond);
}

/// <summary>How to share a cycle among phases: a fixed order of them, what lies between, and who comes.</summary>
/// <param name="Order">The phases in the order of the cycle.</param>
/// <param name="PassageSeconds">Per step the passage to its phase.</param>
/// <param name="LeastSeconds">Per step the shortest green of its phase.</param>
/// <param name="Lanes">Only those on which somebody comes.</param>
public sealed record SplitProblem(
    ImmutableArray<PhaseId> Order, ImmutableArray<int> PassageSeconds, ImmutableArray<int> LeastSeconds, ImmutableArray<LaneLoad> Lanes)
{
    /// <summary>Seconds of the cycle that belong to no phase.</summary>
    public int LostSeconds => PassageSeconds.Sum();

    /// <summary>No cycle is shorter.</summary>
    public int LeastCycle => LostSeconds + LeastSeconds.Sum();

    /// <summary>The same with a longer shortest green in one step.</summary>
    public SplitProblem Lengthened(int step, int seconds) => this with { LeastSeconds = LeastSeconds.SetItem(step, LeastSeconds[step] + seconds) };
}
