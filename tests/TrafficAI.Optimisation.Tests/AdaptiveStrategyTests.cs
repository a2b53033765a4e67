using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class AdaptiveStrategyTests
{
    private static readonly IntersectionModel Crossing =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    [Fact]
    public void With_nobody_there_it_rests()
    {
        var proposal = Propose(Crossing, 2, [], []);
        Assert.Equal(new PhaseId(2), proposal.Wanted);
        Assert.Equal("nobody waits; F2 stays", proposal.Reason.ToString());
    }

    [Fact]
    public void One_queue_gets_its_green()
    {
        // 5 vehicles leave within 3 + 1.5 + 4 × 1.8 = 11.7 s
        Assert.Equal(new PhaseId(2), Propose(Crossing, 1, [], Queue(5)).Wanted);
        var worth = Index(Picture(Crossing, [], Queue(5)))[1];
        Assert.Equal((5.0, 12), (worth.Vehicles, worth.Seconds));
        Assert.Equal(5.0 / 12, worth.VehiclesPerSecond, 12);
    }

    [Fact]
    public void A_single_vehicle_is_worth_one_over_interphase_and_minimum()
    {
        Assert.Equal(1.0 / 8, Index(Picture(Crossing, [], Queue(1)))[1].VehiclesPerSecond, 12);
    }

    private static PhaseWorth[] Index(TrafficPicture picture)
    {
        var worth = new PhaseWorth[Crossing.Signals.Phases.Length];
        new PhaseIndex(Crossing).Weigh(new(picture, Showing(Crossing, 1)), new StuckLanes(Crossing), worth);
        return worth;
    }

    [Fact]
    public void A_queue_on_its_way_loses_no_start_up()
    {
        var picture = Picture(Crossing, Queue(3), []);
        picture = picture with { Lanes = [.. picture.Lanes.Select(l => l with { SinceDischargeSeconds = 2 })] };
        Assert.Equal((2.0, 2), (Index(picture)[0].Vehicles, Index(picture)[0].Seconds));
        var standing = Index(Picture(Crossing, Queue(3), []))[0];
        Assert.Equal((3.0, 6), (standing.Vehicles, standing.Seconds));
    }

    [Fact]
    public void A_platoon_that_is_about_to_arrive_holds_the_green()
    {
        ApproachingVehicle[] platoon = [Moving(2), Moving(4), Moving(6), Moving(8)];
        Assert.Equal(new PhaseId(1), Propose(Crossing, 1, platoon, Queue(1)).Wanted);
        Assert.Equal(new PhaseId(2), Propose(Crossing, 1, [Moving(12)], Queue(2)).Wanted);
    }

    [Fact]
    public void Of_equals_the_running_phase_stays()
    {
        Assert.Equal(new PhaseId(1), Propose(Crossing, 1, [], []).Wanted);
        var three = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");
        Assert.Equal(new PhaseId(1), Propose(three, 3, Queue(2), Queue(2), []).Wanted);
    }

    [Fact]
    public void A_full_exit_is_worth_nothing()
    {
        var picture = Picture(Crossing, Queue(9), Queue(5)) with { ExitBlocked = [true, false] };
        Assert.Equal(new PhaseId(2), Propose(Crossing, 1, picture).Wanted);
    }

    [Fact]
    public void A_shared_lane_that_blocks_itself_is_worth_less_than_one_that_flows()
    {
        // lane 0 goes straight or left; only straight has green in F2, both in F3
        var model = new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).Phases("rrG", "Grr", "GGr");
        var proposal = Propose(model, 1, Queue(8, 77), []);
        Assert.Equal(new PhaseId(3), proposal.Wanted);
        Assert.True(proposal.Candidates[1].Worth < proposal.Candidates[2].Worth / 2);
    }

    [Fact]
    public void A_left_turn_that_must_yield_to_a_heavy_stream_gets_its_own_phase()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Yields(1, 0).Phases("Gg", "rG");
        Assert.Equal(new PhaseId(1), Propose(model, 1, [Moving(1), Moving(2.5), Moving(4)], Queue(3)).Wanted);
        Assert.Equal(new PhaseId(2), Propose(model, 1, [Moving(3), Moving(7), Moving(11), Moving(15), Moving(19)], Queue(8)).Wanted);
    }

    [Fact]
    public void Lanes_that_keep_their_green_flow_through_the_interphase()
    {
        // F2 keeps lane 0 and adds lane 1 in place of lane 2
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("GrG", "GGr");
        var proposal = Propose(model, 1, Queue(6), Queue(2), []);
        Assert.Equal(new PhaseId(2), proposal.Wanted);
    }

    [Fact]
    public void A_crossing_without_detectors_is_served_after_a_while()
    {
        var model = new Street { UnseenGroups = 1 }.Lane(TurnDirection.Straight).Phases("Gr", "rG");
        Assert.Equal(new PhaseId(2), Propose(model, 1, Picture(model, [[]]) with { UnseenWaitSeconds = [20] }).Wanted);
        var steady = Picture(model, [.. Enumerable.Range(0, 8).Select(i => Moving(3 * i + 1))]);
        Assert.Equal(new PhaseId(1), Propose(model, 1, steady with { UnseenWaitSeconds = [60] }).Wanted);
        Assert.Equal(new PhaseId(2), Propose(model, 1, steady with { UnseenWaitSeconds = [180] }).Wanted);
    }

    [Fact]
    public void A_green_that_moves_nobody_is_not_held()
    {
        var strategy = Strategies.Create("adaptive", Crossing);
        var wanted = new List<int>();
        for (var s = 0; s < 15; s++)
        {
            var picture = Picture(Crossing, Queue(9), Queue(1, 40));
            picture = picture with { Lanes = [.. picture.Lanes.Select(l => l with { SinceDischargeSeconds = 50 })] };
            wanted.Add(strategy.Propose(new(picture, Showing(Crossing, 1, 20 + s, 99 + s))).Wanted.Number);
        }

        Assert.All(wanted.Take(10), phase => Assert.Equal(1, phase));
        Assert.All(wanted.Skip(10), phase => Assert.Equal(2, phase));
    }

    [Fact]
    public void During_an_interphase_it_names_the_target()
    {
        var passing = Showing(Crossing, 1) with { Next = new PhaseId(2), Elapsed = 1 };
        Assert.Equal(new PhaseId(2), Strategies.Create("adaptive", Crossing).Propose(new(Picture(Crossing, Queue(9), []), passing)).Wanted);
    }

    [Fact]
    public void It_expects_the_other_phases_with_demand_in_the_order_of_their_worth()
    {
        var three = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");
        var proposal = Propose(three, 1, Queue(3), Queue(1), Queue(2));
        Assert.Equal([new ExpectedPhase(new(3), 10), new(new(2), 18)], proposal.Expected.ToArray());
    }

    private static Proposal Propose(IntersectionModel model, int running, params ApproachingVehicle[][] lanes) =>
        Propose(model, running, Picture(model, lanes));

    private static Proposal Propose(IntersectionModel model, int running, TrafficPicture picture) =>
        Strategies.Create("adaptive", model).Propose(new(picture, Showing(model, running)));
}
