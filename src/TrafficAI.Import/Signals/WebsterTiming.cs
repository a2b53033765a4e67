using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Import.Signals;

/// <summary>Cycle and greens of a junction: F. V. Webster (1958), Traffic Signal Settings, with the saturation flows of the CIS textbooks.</summary>
/// <remarks>M = 1850 veh/h for a lane of 3.2 m; turns to the left weigh 1.75, to the right 1.25; C = (1.5 L + 5) / (1 − Y); greens as y / Y, none under its minimum.</remarks>
internal sealed class WebsterTiming
{
    public const int LongestCycleSeconds = 120;
    private const double SaturationPerHour = 1850;
    private const double LeftWeight = 1.75;
    private const double RightWeight = 1.25;
    private const double UncountedPerLane = 350;
    private const double FullestRatio = 0.9;

    private readonly double[] ratios;
    private readonly int[] passages;
    private readonly int[] minima;

    private WebsterTiming(double[] ratios, int[] passages, int[] minima) => (this.ratios, this.passages, this.minima) = (ratios, passages, minima);

    private double Load => ratios.Sum();

    /// <summary>Seconds of the passage to each phase, flashing green included.</summary>
    public ImmutableArray<int> Passages => [.. passages];

    /// <summary>Webster's cycle, as long as the minima need at least, and no longer than 120 s unless they need more.</summary>
    public int CycleSeconds
    {
        get
        {
            var least = passages.Sum() + minima.Sum();
            var lost = passages.Sum() - SignalProfile.Kz.FlashingGreenSeconds * passages.Length;
            var best = Load < FullestRatio ? (1.5 * lost + 5) / (1 - Load) : LongestCycleSeconds;
            return Math.Max(least, (int)Math.Ceiling(Math.Min(best, LongestCycleSeconds)));
        }
    }

    public static WebsterTiming Of(RoadNetwork network, Intersection intersection, IntersectionSignals signals, ImmutableArray<LayoutPhase> phases, TurningCounts counts)
    {
        var count = phases.Length;
        return new(
            [.. phases.Select(phase => Ratio(network, intersection, phase, counts))],
            [.. Enumerable.Range(0, count).Select(k => signals.PassageSeconds(PhaseId.OfIndex((k + count - 1) % count), PhaseId.OfIndex(k)))],
            [.. signals.Phases.Select(phase => phase.MinimumSeconds)]);
    }

    /// <summary>Greens that fill the cycle, whole seconds, without passages.</summary>
    public int[] Greens(int cycle)
    {
        var greens = minima.ToArray();
        for (var rest = cycle - passages.Sum() - greens.Sum(); rest > 0; rest--)
        {
            var neediest = 0;
            for (var k = 1; k < greens.Length; k++)
                if (Need(k) > Need(neediest)) neediest = k;
            greens[neediest]++;
        }

        return greens;

        double Need(int k) => ratios[k] / greens[k];
    }

    /// <summary>The highest demand / capacity of a phase in a cycle of so many seconds. Flashing green is used as green is.</summary>
    public double Saturation(int cycle) =>
        Greens(cycle).Select((green, k) => ratios[k] * cycle / (green + SignalProfile.Kz.FlashingGreenSeconds)).Append(0).Max();

    /// <summary>The highest flow ratio of an approach in a phase: of all its lanes together, or of one way alone.</summary>
    private static double Ratio(RoadNetwork network, Intersection intersection, LayoutPhase phase, TurningCounts counts)
    {
        var ways = phase.Measure.SelectMany(link => intersection.Links[link]).Select(index => network.Connections[index]).ToList();
        var highest = 0.0;
        foreach (var approach in ways.GroupBy(way => network.Lanes[way.FromLane].Edge))
        {
            var together = 0.0;
            foreach (var movement in approach.GroupBy(way => network.Lanes[way.ToLane].Edge))
            {
                var lanes = movement.Select(way => way.FromLane).Distinct().Count();
                var flow = Weight(movement.First().Direction) * Flow(network, approach.Key, movement.Key, lanes, counts);
                together += flow;
                highest = Math.Max(highest, flow / (SaturationPerHour * lanes));
            }

            highest = Math.Max(highest, together / (SaturationPerHour * approach.Select(way => way.FromLane).Distinct().Count()));
        }

        return highest;
    }

    private static double Flow(RoadNetwork network, int from, int to, int lanes, TurningCounts counts) =>
        counts.IsEmpty ? UncountedPerLane * lanes : counts.Of(network.Edges[from].Id.Value, network.Edges[to].Id.Value);

    private static double Weight(TurnDirection direction) => direction switch
    {
        TurnDirection.Left or TurnDirection.PartialLeft => LeftWeight,
        TurnDirection.Right or TurnDirection.PartialRight => RightWeight,
        _ => 1,
    };
}
