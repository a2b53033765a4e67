using TrafficAI.Network;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class ActuatedStrategyTests
{
    /// <summary>A plan of 30 s steps: 27 s of green each, so that the longest green is 40 s.</summary>
    private static readonly IntersectionModel Three =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");

    [Fact]
    public void Without_calls_the_green_rests()
    {
        Assert.Equal("no call; F2 rests", Propose(2, 99, [], Queue(3), []).Reason.ToString());
    }

    [Fact]
    public void A_phase_without_calls_is_left_out()
    {
        Assert.Equal(new PhaseId(3), Propose(1, 99, [], [], Queue(1)).Wanted);
        Assert.Equal(new PhaseId(1), Propose(2, 99, Queue(1), [], []).Wanted);
    }

    [Fact]
    public void Traffic_within_the_passage_time_extends_the_green()
    {
        Assert.Equal(new PhaseId(1), Propose(1, 99, [Moving(2.5)], Queue(1), []).Wanted);
        Assert.Equal(new PhaseId(2), Propose(1, 99, [Moving(3.5)], Queue(1), []).Wanted);
    }

    [Fact]
    public void A_lane_that_does_not_move_extends_nothing()
    {
        var picture = Picture(Three, Queue(5), Queue(1), []);
        picture = picture with { Lanes = [.. picture.Lanes.Select(l => l with { SinceDischargeSeconds = 7 })] };
        Assert.Equal(new PhaseId(1), Strategy().Propose(new(picture, Showing(Three, 1, 6))).Wanted);
        Assert.Equal(new PhaseId(2), Strategy().Propose(new(picture, Showing(Three, 1, 7))).Wanted);
    }

    [Fact]
    public void The_longest_green_counts_from_the_first_call_of_another_phase()
    {
        var strategy = Strategy();
        for (var s = 0; s < 100; s++) Assert.Equal(1, Wanted(s, []));
        for (var s = 100; s < 140; s++) Assert.Equal(1, Wanted(s, Queue(1)));
        Assert.Equal(2, Wanted(140, Queue(1)));

        int Wanted(int second, ApproachingVehicle[] other) =>
            strategy.Propose(new(Picture(Three, [Moving(1)], other, []), Showing(Three, 1, second + 1, second))).Wanted.Number;
    }

    [Fact]
    public void A_movement_that_keeps_its_green_requests_no_extension()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("GGr", "GrG");
        var picture = Picture(model, [Moving(1)], [], Queue(1));
        Assert.Equal(new PhaseId(2), Strategies.Create("actuated", model).Propose(new(picture, Showing(model, 1))).Wanted);
    }

    [Fact]
    public void Crossings_are_on_recall()
    {
        var model = new Street { UnseenGroups = 1 }.Lane(TurnDirection.Straight).Phases("Gr", "rG");
        Assert.Equal(new PhaseId(2), Strategies.Create("actuated", model).Propose(new(Picture(model, [[]]), Showing(model, 1))).Wanted);
    }

    private static Proposal Propose(int running, long second, params ApproachingVehicle[][] lanes) =>
        Strategy().Propose(new(Picture(Three, lanes), Showing(Three, running, 20, second)));

    [Fact]
    public void Computed_settings_end_a_green_at_their_own_maximum_and_serve_their_own_phases()
    {
        var three = Three;
        var plan = three.Signals.LocalPlan;
        ActuatedPhase[] phases = [new(new(1), 12, 3, 1), new(new(3), 20, 3, 3)];
        var strategy = Strategies.Create("actuated-tuned", three with { Plans = new([new(0, plan, new([5, 5, 5], [.. new double[9]]), [.. phases])]) });
        var picture = Picture(three, [Moving(0.5)], Queue(9, 100), Queue(9, 200));
        var wanted = Enumerable.Range(0, 13).Select(s => strategy.Propose(new(picture with { Second = 100 + s }, Showing(three, 1, 20 + s, 99 + s))).Wanted.Number).ToList();
        Assert.Equal([1, 3], wanted.Distinct());
        Assert.Equal(12, wanted.IndexOf(3)); // the second phase is none of theirs
    }

    private static IStrategy Strategy() => Strategies.Create("actuated", Three);
}
