using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>How a stop lane is served by one step of a cycle.</summary>
/// <param name="PerSecond">Vehicles that leave in a second of green in which nobody need wait for a queue that comes the other way.</param>
/// <param name="PassageSeconds">Seconds of the passage to the step in which the lane goes on being green.</param>
/// <param name="Most">Vehicles that can leave in the step before one stands at the head that has red; infinite where all have green.</param>
/// <param name="OpposingRatio">Flow / saturation flow of the fullest lane to which some of its vehicles yield; 0 where none does.</param>
/// <param name="UntilYielding">Seconds of green before on average the first one comes to the head that must yield.</param>
public readonly record struct LaneService(double PerSecond, int PassageSeconds, double Most, double OpposingRatio = 0, double UntilYielding = 0)
{
    /// <summary>Who waits inside the junction leaves when the green ends.</summary>
    private const double Sneakers = 1;

    private const double HighestRatio = 0.95;

    /// <summary>Vehicles that can leave in one cycle.</summary>
    public double Capacity(int cycle, int greenSeconds)
    {
        double green = greenSeconds + PassageSeconds;
        var blocked = OpposingRatio <= 0 ? 0
            : Math.Min(green, Math.Max(DischargeRates.StartUpSeconds, OpposingQueueSeconds(cycle, greenSeconds) - UntilYielding));
        return Math.Min(PerSecond * (green - blocked) + (blocked > 0 ? Sneakers : 0), Most);
    }

    /// <summary>How long the queue that has gathered in the red discharges against the green.</summary>
    private double OpposingQueueSeconds(int cycle, int green)
    {
        var ratio = Math.Min(HighestRatio, OpposingRatio);
        return ratio * Math.Max(0, cycle - green) / (1 - ratio);
    }
}

/// <summary>A stop lane with its demand.</summary>
/// <param name="Flow">Vehicles per hour; more than 0.</param>
/// <param name="Steps">Per step of the cycle.</param>
public sealed record LaneLoad(double Flow, ImmutableArray<LaneService> Steps)
{
    /// <summary>Demand / capacity; infinite where the lane is never served.</summary>
    public double Saturation(int cycle, ReadOnlySpan<int> greens) => Flow * cycle / 3600 / Capacity(cycle, greens);

    /// <summary>Vehicles that can leave in one cycle.</summary>
    public double Capacity(int cycle, ReadOnlySpan<int> greens)
    {
        var sum = 0.0;
        for (var step = 0; step < Steps.Length; step++) sum += Steps[step].Capacity(cycle, greens[step]);
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
