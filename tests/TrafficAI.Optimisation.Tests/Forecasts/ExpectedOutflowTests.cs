using TrafficAI.Network;
using TrafficAI.Optimisation.Forecasts;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests.Forecasts;

public sealed class ExpectedOutflowTests
{
    /// <summary>28 m to the loop behind the junction at 9 m/s.</summary>
    private const double Crossing = 28.0 / 9;

    private static readonly IntersectionModel Model =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    private static readonly IntersectionModel Shared =
        new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");

    private readonly ExpectedOutflow outflow = new(Model);

    [Fact]
    public void A_queue_in_green_leaves_at_its_headway()
    {
        outflow.Expect(Seen(Model, Queue(3), []), new(1), []);
        Assert.Equal([1.5 + Crossing, 1.5 + 1.8 + Crossing, 1.5 + 3.6 + Crossing], Seconds(0), new WholeSecond());
        Assert.Empty(Seconds(1));
    }

    [Fact]
    public void A_phase_that_is_planned_lets_its_lane_go_and_ends_the_green_of_the_other()
    {
        outflow.Expect(Seen(Model, [Moving(2), Moving(8)], Queue(1)), new(1), [new(new(2), 5)]);
        Assert.Equal([2 + Crossing], Seconds(0), new WholeSecond());
        Assert.Equal([5 + 3 + 1.5 + Crossing], Seconds(1), new WholeSecond());
    }

    [Fact]
    public void Who_has_passed_the_line_is_expected_until_the_exit_must_have_counted_him()
    {
        outflow.Observe(99, [0, 0]);
        outflow.Observe(100, [1, 0]);
        outflow.Expect(Seen(Model, [], []), new(1), []);
        Assert.Equal([Crossing - 0.5], Seconds(0), new WholeSecond());
        outflow.Observe(104, [0, 0]);
        outflow.Expect(Seen(Model, [], []), new(1), []);
        Assert.Empty(Seconds(0));
    }

    [Fact]
    public void Who_may_be_held_up_counts_by_the_chance_that_he_is_not()
    {
        var shared = new ExpectedOutflow(Shared);
        shared.Expect(Seen(Shared, Queue(3), []), new(1), []);
        Assert.Equal([0.5, 0.25, 0.125], shared.On(0).ToArray().Where(v => v > 0));
        Assert.All(shared.On(1).ToArray(), v => Assert.Equal(0, v));
    }

    [Fact]
    public void Without_a_plan_nobody_is_expected()
    {
        outflow.Expect(Seen(Model, Queue(3), []), new(1), []);
        outflow.Clear();
        Assert.Empty(Seconds(0));
    }

    private double[] Seconds(int exit) => [.. outflow.On(exit).ToArray().Select((vehicles, at) => (vehicles, at)).Where(one => one.vehicles > 0).Select(one => (double)one.at)];

    private static Situation Seen(IntersectionModel model, params ApproachingVehicle[][] lanes) => new(Picture(model, lanes), Showing(model, 1));

    private sealed class WholeSecond : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Floor(x).Equals(Math.Floor(y));

        public int GetHashCode(double obj) => 0;
    }
}
