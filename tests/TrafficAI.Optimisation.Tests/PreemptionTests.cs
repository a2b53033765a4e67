using TrafficAI.Network;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class PreemptionTests
{
    private const uint Ambulance = 7;
    private static readonly PhaseId First = new(1);
    private static readonly PhaseId Second = new(2);
    private static readonly IntersectionModel Model =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");

    private readonly Preemption preemption = new(Model);
    private long second = 100;

    [Theory]
    [InlineData(1, 20, 20.0, 0, PreemptionStage.Serving)] // its phase runs already
    [InlineData(2, 20, 20.0, 0, PreemptionStage.Requested)] // passage 3 s, start-up 1.5 s, comfort 6 s: too early
    [InlineData(2, 20, 10.5, 0, PreemptionStage.Serving)]
    [InlineData(2, 20, 10.6, 0, PreemptionStage.Requested)]
    [InlineData(2, 1, 14.5, 0, PreemptionStage.Serving)] // 4 s are missing to the minimum green
    [InlineData(2, 1, 14.6, 0, PreemptionStage.Requested)]
    [InlineData(2, 20, 19.5, 5, PreemptionStage.Serving)] // 5 vehicles ahead of it, 1.8 s each
    [InlineData(2, 20, 19.6, 5, PreemptionStage.Requested)]
    public void It_is_served_from_when_its_way_takes_as_long_as_its_arrival(int running, int elapsed, double arrival, int ahead, PreemptionStage stage)
    {
        var wanted = Step(running, elapsed, [.. Queue(ahead), Emergency(arrival)]).Wanted;
        Assert.Equal(stage, preemption.Stage);
        Assert.Equal(stage == PreemptionStage.Serving ? First : new(running), wanted);
    }

    [Fact]
    public void Without_an_emergency_vehicle_the_strategy_has_its_way()
    {
        var usual = Usual(Second);
        Assert.Same(usual, preemption.Over(new(Picture(Model, Queue(9), [], []), Showing(Model, 1)), usual));
        Assert.Equal(PreemptionStage.Idle, preemption.Stage);
    }

    [Fact]
    public void One_that_turns_away_in_time_changes_nothing()
    {
        Step(2, 20, [Emergency(20)]);
        Assert.Equal((PreemptionStage.Requested, Motive.Plan), (preemption.Stage, Step(2, 20, [Emergency(19)]).Motive));
        Assert.Equal(Motive.Plan, Step(2, 20, []).Motive);
        Assert.Equal(PreemptionStage.Idle, preemption.Stage);
    }

    [Fact]
    public void Green_is_held_until_it_has_gone_and_the_reason_says_so()
    {
        var served = Step(2, 20, [Emergency(5)]);
        Assert.Equal((First, Motive.PreEmption, "an emergency vehicle comes on lane 1: F1 serves lane 1"), (served.Wanted, served.Motive, served.Reason.ToString()));
        for (var s = 0; s < Preemption.GoneSeconds - 1; s++) Assert.Equal(First, Step(1, 20, []).Wanted);
        Assert.Equal(PreemptionStage.Serving, preemption.Stage);
        Step(1, 20, []);
        Assert.Equal(PreemptionStage.Recovering, preemption.Stage);
    }

    [Fact]
    public void One_that_stays_in_sight_is_served_for_a_bounded_time_and_left_alone_for_another()
    {
        var stages = new List<PreemptionStage>();
        for (var s = 0; s < Preemption.LongestServiceSeconds + Preemption.RecoverySeconds + 2; s++)
        {
            Step(1, 20, [Emergency(1)]);
            stages.Add(preemption.Stage);
        }

        Assert.Equal(Preemption.LongestServiceSeconds, stages.IndexOf(PreemptionStage.Recovering));
        Assert.Equal(Preemption.LongestServiceSeconds + Preemption.RecoverySeconds, stages.LastIndexOf(PreemptionStage.Recovering) + 1);
        Assert.Equal(PreemptionStage.Serving, stages[^1]);
    }

    [Fact]
    public void Then_the_lane_that_stood_longest_goes_first()
    {
        for (var s = 0; s < 30; s++) Step(1, 20, [Emergency(1)], s < 10 ? [] : Queue(3, 20), Queue(3, 40));
        Proposal then;
        do then = Step(1, 20, [], Queue(3, 20), Queue(3, 40));
        while (preemption.Stage == PreemptionStage.Serving);
        Assert.Equal((new PhaseId(3), Motive.Recovery), (then.Wanted, then.Motive));
        Assert.Equal(Motive.Recovery, Step(3, 14, [], Queue(3, 20), Queue(3, 40)).Motive);
        Assert.Equal(Motive.Plan, Step(3, 15, [], Queue(3, 20), Queue(3, 40)).Motive);
    }

    [Theory]
    [InlineData(5.0, 4.0, 2)]
    [InlineData(4.0, 5.0, 1)]
    [InlineData(4.0, 4.0, 1)]
    public void Of_two_the_first_to_arrive_comes_first_and_the_other_after_it(double one, double other, int phase)
    {
        Assert.Equal(new(phase), Step(3, 20, [Emergency(one)], [Emergency(other, 8)]).Wanted);
        Assert.Equal(new(phase), Step(3, 20, [Emergency(1)], [Emergency(1, 8)]).Wanted);
        var left = phase == 1 ? Array.Empty<ApproachingVehicle>() : [Emergency(1)];
        var right = phase == 2 ? Array.Empty<ApproachingVehicle>() : [Emergency(1, 8)];
        for (var s = 0; s < Preemption.GoneSeconds - 1; s++) Step(phase, 20, left, right);
        Assert.Equal(new(3 - phase), Step(phase, 20, left, right).Wanted);
        Assert.Equal(PreemptionStage.Serving, preemption.Stage);
    }

    [Fact]
    public void During_a_passage_it_waits_for_its_end()
    {
        var passing = Showing(Model, 2, 1) with { Next = new(3) };
        var proposal = preemption.Over(new(Picture(Model, [Emergency(2)], [], []), passing), Usual(Second));
        Assert.Equal((new PhaseId(3), Motive.Passage, PreemptionStage.Serving), (proposal.Wanted, proposal.Motive, preemption.Stage));
    }

    [Fact]
    public void A_phase_that_lets_its_lane_go_without_yielding_comes_before_one_that_does()
    {
        var model = new Street().Lane(TurnDirection.Left).Lane(TurnDirection.Straight).Yields(0, 1).Phases("gG", "Gr", "rG");
        var proposal = new Preemption(model).Over(new(Picture(model, [Emergency(2)], []), Showing(model, 1)), Usual(First));
        Assert.Equal(Second, proposal.Wanted);
    }

    [Fact]
    public void Where_its_green_moves_nobody_the_lane_beside_it_is_served_and_without_one_it_is_given_up()
    {
        var approach = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Pockets(60).Phases("Gr", "rG");
        var stuck = Standing(0) with { Class = ObjectClass.Emergency, Key = Ambulance };
        var beside = new Preemption(approach);
        foreach (var (elapsed, wanted) in new[] { (6, First), (7, First), (8, Second) })
            Assert.Equal(wanted, beside.Over(new(Picture(approach, [stuck], Queue(8, 20)), Showing(approach, 1, elapsed)), Usual(First)).Wanted);
        Step(1, 7, [stuck], Queue(8, 20));
        Assert.Equal(PreemptionStage.Serving, preemption.Stage);
        Step(1, 8, [stuck], Queue(8, 20));
        Assert.Equal(PreemptionStage.Recovering, preemption.Stage);
    }

    private static ApproachingVehicle Emergency(double arrivalSeconds, uint key = Ambulance) => Moving(arrivalSeconds) with
    {
        Class = ObjectClass.Emergency,
        Key = key,
    };

    private static Proposal Usual(PhaseId wanted) => new Proposal().Want(wanted, Motive.Plan, new("usual"));

    private Proposal Step(int running, int elapsed, ApproachingVehicle[] one, ApproachingVehicle[]? two = null, ApproachingVehicle[]? three = null)
    {
        var situation = new Situation(Picture(Model, one, two ?? [], three ?? []), Showing(Model, running, elapsed, second++));
        return preemption.Over(situation, Usual(new(running)));
    }
}
