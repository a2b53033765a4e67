using System.Globalization;
using TrafficAI.Network;

namespace TrafficAI.Signals.Tests;

public sealed class ProgramScalingTests
{
    private const string Programme = "40 Gr 10; 3 yr; 2 rr; 20 rG 8; 3 ry; 2 rr";

    [Fact]
    public void Greens_grow_in_proportion_and_passages_keep_their_times() => Assert.Equal([60, 3, 2, 30, 3, 2], Seconds(100));

    [Fact]
    public void Greens_shrink_to_their_minima_and_no_further()
    {
        Assert.Equal([14, 3, 2, 8, 3, 2], Seconds(32));
        Assert.Equal([10, 3, 2, 8, 3, 2], Seconds(28));
        var refusal = Assert.Throws<SignalsException>(() => Seconds(27));
        Assert.Contains("need 28 s, more than a cycle of 27 s", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cycle_that_fits_is_met_and_runs_as_it_stands()
    {
        for (var cycle = 28; cycle <= 180; cycle++)
        {
            var scaled = Scaled(cycle, out var network, out var intersection);
            var signals = SignalsBuilder.Build(network, intersection with { Program = scaled }, ControlClass.Site);
            Assert.Equal(cycle, signals.LocalPlan.CycleSeconds);
            var monitor = new ConflictMonitor(signals);
            var state = SignalDecider.Start(signals, 0);
            for (var second = 0; second < 3 * cycle; second++)
            {
                var step = SignalDecider.Advance(signals, state, signals.LocalPlan.PhaseAt(state.Second + 1));
                state = step.State;
                Assert.Null(monitor.Observe(state.Second, state.Lamps));
                Assert.True(step.Bound is Guard.None, string.Create(CultureInfo.InvariantCulture, $"cycle {cycle}, second {second}: {step.Bound}"));
            }
        }
    }

    private static int[] Seconds(int cycle) => [.. Scaled(cycle, out _, out _).States.Select(s => s.DurationMilliseconds / 1000)];

    private static SignalProgram Scaled(int cycle, out RoadNetwork network, out Intersection intersection)
    {
        (network, intersection) = TestStreet.Make(Streets.TwoRoads, Streets.TwoRoadsFoes, Programme);
        return ProgramScaling.ToCycle(network, intersection, SignalsBuilder.Build(network, intersection, ControlClass.Site), cycle);
    }
}
