using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class AccountTests
{
    private static readonly IntersectionModel Crossing =
        new Street { UnseenGroups = 1 }.Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grr", "rGG");

    [Fact]
    public void To_give_account_changes_no_later_proposal() =>
        Assert.Equal(Wishes(9, withAccount: false), Wishes(9, withAccount: true));

    [Fact]
    public void A_cost_is_the_sum_of_its_parts_and_each_part_has_its_cause()
    {
        var account = AccountOf(Picture(Crossing, Queue(3), Queue(9, 300)) with { UnseenWaitSeconds = [60] });
        Assert.Equal((Yardstick.Waiting, 2), (account.Yardstick, account.Phases.Length));
        Assert.All(account.Phases, phase => Assert.Equal(phase.Value, phase.Parts!.Value.Sum, 9));
        var (staying, changing) = (account.Phases[0].Parts!.Value, account.Phases[1].Parts!.Value);
        Assert.True(staying.Pedestrians > changing.Pedestrians, "pedestrians wait for the second phase");
        Assert.True(changing.SpeedingUp > 0, "those who stood have to gain speed");
        var crowded = AccountOf(Picture(Crossing, Queue(3), Queue(40, 300)));
        Assert.True(crowded.Phases.Min(phase => phase.Parts!.Value.Left) > 10 * staying.Left, "of a queue that outlasts the look ahead much is still to come");
    }

    [Fact]
    public void Without_pedestrians_none_wait()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");
        var strategy = new AdaptiveStrategy(model);
        var situation = new Situation(Picture(model, Queue(3), Queue(9, 300)), Showing(model, 1));
        var account = strategy.Account(situation, strategy.Propose(situation).Motive);
        Assert.All(account!.Phases, phase => Assert.Equal(0, phase.Parts!.Value.Pedestrians));
    }

    [Fact]
    public void What_was_weighed_to_the_end_costs_what_was_proposed()
    {
        var strategy = new AdaptiveStrategy(Crossing);
        var situation = new Situation(Picture(Crossing, Queue(2), Queue(12, 300)), Showing(Crossing, 1));
        var proposal = strategy.Propose(situation);
        var account = strategy.Account(situation, proposal.Motive)!;
        Assert.Equal(-proposal.Candidates[proposal.Wanted.Index].Worth, account.Phases[proposal.Wanted.Index].Value, 9);
        Assert.Equal(account.Phases.MinBy(phase => phase.Value).Phase, proposal.Wanted);
    }

    [Fact]
    public void With_nobody_in_sight_and_with_max_pressure_there_is_another_yardstick_and_in_a_passage_none()
    {
        var nobody = new Situation(Picture(Crossing, [], []), Showing(Crossing, 1));
        var strategy = new AdaptiveStrategy(Crossing);
        Assert.Equal(Motive.NobodyWaits, strategy.Propose(nobody).Motive);
        Assert.Equal(Yardstick.Service, strategy.Account(nobody, Motive.NobodyWaits)!.Yardstick);
        Assert.Null(strategy.Account(nobody, Motive.Passage));
        var pressure = new MaxPressureStrategy(Crossing);
        var queue = new Situation(Picture(Crossing, Queue(2), Queue(5, 300)), Showing(Crossing, 1));
        var account = pressure.Account(queue, pressure.Propose(queue).Motive)!;
        Assert.Equal((Yardstick.Pressure, 5.0), (account.Yardstick, account.Phases[1].Value));
    }

    private static Account AccountOf(TrafficPicture picture)
    {
        var strategy = new AdaptiveStrategy(Crossing);
        var situation = new Situation(picture, Showing(Crossing, 1));
        return strategy.Account(situation, strategy.Propose(situation).Motive)!;
    }

    private static List<string> Wishes(uint seed, bool withAccount)
    {
        var strategy = new AdaptiveStrategy(Crossing);
        var wishes = new List<string>();
        for (var s = 0u; s < 30; s++)
        {
            var picture = Picture(Crossing, Queue(1 + (int)(Spread.Of(seed * 100 + s) * 9)), Queue((int)(Spread.Of(seed * 777 + s) * 9), 300));
            var situation = new Situation(picture, Showing(Crossing, 1, 20 + (int)s, 99 + s));
            var proposal = strategy.Propose(situation);
            wishes.Add(Text(proposal));
            if (withAccount) strategy.Account(situation, proposal.Motive);
        }

        return wishes;
    }

    private static string Text(Proposal proposal) => $"{proposal.Wanted} {string.Join(' ', proposal.Candidates.ToArray().Select(c => BitConverter.DoubleToInt64Bits(c.Worth)))}";
}
