using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class RolloutTests
{
    private static readonly IntersectionModel Crossing =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    [Fact]
    public void A_trickle_does_not_keep_the_green_from_a_long_queue()
    {
        ApproachingVehicle[] trickle = [Moving(3), Moving(7), Moving(11)];
        Assert.Equal(new PhaseId(2), Propose(Crossing, 1, Picture(Crossing, trickle, Queue(15))).Wanted);
    }

    [Fact]
    public void One_who_has_waited_for_minutes_is_served_before_a_stream()
    {
        var strategy = Strategies.Create("adaptive", Crossing);
        ApproachingVehicle[] stream = [.. Enumerable.Range(0, 8).Select(i => Moving(2 * i + 1))];
        var served = Enumerable.Range(0, 400).First(s =>
        {
            var picture = Picture(Crossing, stream, Queue(1, 900));
            picture = picture with { Lanes = [picture.Lanes[0], picture.Lanes[1] with { SinceDischargeSeconds = s + 1 }] };
            return strategy.Propose(new(picture, Showing(Crossing, 1, 20 + s, 99 + s))).Wanted == new PhaseId(2);
        });
        Assert.InRange(served, 20, 360);
    }

    [Fact]
    public void A_full_pocket_that_blocks_the_through_lane_gets_its_phase()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Pockets(15).Phases("Gr", "rG");
        ApproachingVehicle[] pocket = [.. Queue(2, 50), Waiting(16, 60)];
        ApproachingVehicle[] through = [.. Enumerable.Range(3, 6).Select(i => Waiting(8 * i, (uint)(70 + i)))];
        Assert.Equal(new PhaseId(2), Propose(model, 1, Picture(model, through, pocket)).Wanted);
    }

    [Fact]
    public void The_same_inputs_give_the_same_proposals() =>
        Assert.Equal(Wishes(7, p => p.Candidates[1].Worth), Wishes(7, p => p.Candidates[1].Worth));

    [Fact]
    public void It_wants_only_phases_that_exist() =>
        Assert.All(Enumerable.Range(1, 20).SelectMany(seed => Wishes((uint)seed, p => p.Wanted.Number)), phase => Assert.InRange(phase, 1, 2));

    [Fact]
    public void Every_phase_has_a_finite_worth() =>
        Assert.All(Wishes(3, p => p.Candidates.ToArray()).SelectMany(candidates => candidates), c => Assert.True(double.IsFinite(c.Worth) && c.Worth <= 0));

    [Fact]
    public void The_base_policy_is_left_only_for_a_saving_that_stands_out_from_what_the_futures_disagree_about()
    {
        var margins = new List<double>();
        for (var seed = 0u; seed < 60; seed++)
        {
            var rollout = new Rollout(FourArm.Model);
            var lanes = FourArm.Model.Lanes.Select(l => Queue((int)(Spread.Of(seed * 31 + (uint)l.Index) * 12), (uint)(100 * l.Index + 1))).ToArray();
            var situation = new Situation(Picture(FourArm.Model, lanes), Showing(FourArm.Model, 1, second: 99 + seed));
            rollout.Observe(situation.Picture);
            var usual = new PhaseId(1 + (int)(seed % 4));
            var choice = rollout.Best(situation, new(FourArm.Model), usual);
            if (choice.Phase == usual) continue;
            margins.Add(rollout.MarginOf(choice.Phase));
            Assert.True(rollout.Costs[usual.Index] - choice.Cost > rollout.MarginOf(choice.Phase));
        }

        Assert.True(margins.Count > 10);
        Assert.All(margins, margin => Assert.True(margin > 4));
        Assert.True(margins.Max() > 10, "where the futures disagree, more is asked for");
    }

    [Fact]
    public void Where_a_change_is_cheap_no_more_is_asked_for_than_the_margin()
    {
        var rollout = new Rollout(Crossing);
        var situation = new Situation(Picture(Crossing, [Moving(15)], Queue(12, 300)), Showing(Crossing, 1));
        rollout.Observe(situation.Picture);
        Assert.Equal(new PhaseId(2), rollout.Best(situation, new(Crossing), new(1)).Phase);
        Assert.Equal(4, rollout.MarginOf(new(2)));
    }

    private static ApproachingVehicle Waiting(double metres, uint key) => new(metres, 0, 0, true, ObjectClass.Car, key, Upstream: 2);

    private static Proposal Propose(IntersectionModel model, int running, TrafficPicture picture) =>
        Strategies.Create("adaptive", model).Propose(new(picture, Showing(model, running)));

    private static List<T> Wishes<T>(uint seed, Func<Proposal, T> what)
    {
        var strategy = Strategies.Create("adaptive", Crossing);
        var wishes = new List<T>();
        for (var s = 0u; s < 12; s++)
        {
            var first = Queue(1 + (int)(Spread.Of(seed * 100 + s) * 9));
            var second = Queue((int)(Spread.Of(seed * 777 + s) * 9), 300);
            wishes.Add(what(strategy.Propose(new(Picture(Crossing, first, second), Showing(Crossing, 1, 20 + (int)s, 99 + s)))));
        }

        return wishes;
    }
}
