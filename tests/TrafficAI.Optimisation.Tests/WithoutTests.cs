using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class WithoutTests
{
    private static readonly IntersectionModel Shared = new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).Phases("GGr", "rrG");

    [Fact]
    public void Every_set_of_parts_is_written_and_read_back()
    {
        for (var bits = 0; bits < 1 << AdaptivePartsText.Names.Length; bits++)
        {
            Assert.True(AdaptivePartsText.TryRead(AdaptivePartsText.Write((AdaptiveParts)bits), out var read));
            Assert.Equal((AdaptiveParts)bits, read);
        }
    }

    [Theory, InlineData("rollouts"), InlineData("Rollout"), InlineData("box;exits"), InlineData("1")]
    public void What_is_no_part_is_refused(string text) => Assert.False(AdaptivePartsText.TryRead(text, out _));

    [Fact]
    public void Without_the_rollout_the_index_rule_decides()
    {
        var situation = new Situation(Picture(Shared, [Standing(0)], Queue(8)), Showing(Shared, 1));
        Assert.Equal(Motive.LeastCost, new AdaptiveStrategy(Shared).Propose(situation).Motive);
        var proposal = new AdaptiveStrategy(Shared, without: AdaptiveParts.Rollout).Propose(situation);
        Assert.Equal($"{proposal.Wanted} has the highest index", proposal.Reason.ToString());
        Assert.Equal(proposal.Candidates.ToArray().MaxBy(c => c.Worth).Phase, proposal.Wanted);
    }

    [Fact]
    public void Without_turns_nothing_is_learned_of_them()
    {
        var prior = new TurnShares(Shared).Shares[0];
        Assert.True(FirstShare(AdaptiveParts.None) < 0.5 * prior);
        Assert.Equal(prior, FirstShare(AdaptiveParts.Turns));
    }

    [Fact]
    public void Without_exits_none_is_full()
    {
        Assert.Contains(true, Blocked(AdaptiveParts.None));
        Assert.DoesNotContain(true, Blocked(AdaptiveParts.Exits));
    }

    private static double FirstShare(AdaptiveParts without)
    {
        var turns = new TurnShares(Shared, !without.HasFlag(AdaptiveParts.Turns));
        for (var second = 0; second < 20; second++) turns.Departed(0, second, 0b10);
        return turns.Shares[0];
    }

    private static IEnumerable<bool> Blocked(AdaptiveParts without)
    {
        var estimator = new Estimator(Shared, without);
        TrafficPicture? picture = null;
        for (var second = 0; second < 20; second++)
        {
            var loops = new LoopReading[Shared.Intersection.Detectors.Length];
            loops[Shared.ExitDetectors[0]] = new(0, 1000);
            picture = estimator.Observe(Frame(Shared, Showing(Shared, 1, second: second), new(Sensing.Full, [], [.. loops])));
        }

        return picture!.ExitBlocked;
    }
}
