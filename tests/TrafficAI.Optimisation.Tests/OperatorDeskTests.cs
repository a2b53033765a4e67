using TrafficAI.Network;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

/// <summary>What an operator may order, and for how long it counts.</summary>
public sealed class OperatorDeskTests
{
    private const string Reason = "procession on Abay avenue";
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");
    private readonly OperatorDesk desk = new(Model);

    [Theory]
    [InlineData(OperatorAct.Hold, 2, 160, "aigerim", Reason, null)]
    [InlineData(OperatorAct.Plan, 0, 160, "aigerim", Reason, null)]
    [InlineData(OperatorAct.Flash, 0, 7300, "aigerim", Reason, null)]
    [InlineData(OperatorAct.Hold, 2, 160, "", Reason, "an order names who gave it, in 1 to 100 characters")]
    [InlineData(OperatorAct.Hold, 2, 160, "aigerim", "  because  ", "an order gives its reason in 10 to 500 characters")]
    [InlineData(OperatorAct.Hold, 2, 100, "aigerim", Reason, "an override ends after 1 to 7200 s")]
    [InlineData(OperatorAct.Flash, 0, 7301, "aigerim", Reason, "an override ends after 1 to 7200 s")]
    [InlineData(OperatorAct.Flash, 0, long.MinValue, "aigerim", Reason, "an override ends after 1 to 7200 s")]
    [InlineData(OperatorAct.Hold, 3, 160, "aigerim", Reason, "an order to hold names a phase of this intersection")]
    [InlineData(OperatorAct.Hold, 0, 160, "aigerim", Reason, "an order to hold names a phase of this intersection")]
    [InlineData(OperatorAct.Plan, 1, 160, "aigerim", Reason, "only an order to hold names a phase")]
    [InlineData(OperatorAct.Release, 0, 0, "aigerim", Reason, "there is no override to take back")]
    public void An_order_has_a_name_a_reason_an_end_and_a_phase_that_exists(OperatorAct act, int phase, long until, string by, string reason, string? complaint)
    {
        Assert.Equal(complaint, desk.Take(new(act, phase == 0 ? null : new(phase), until, by, reason), 100));
        Assert.Equal(complaint is null, desk.Standing is not null);
    }

    [Fact]
    public void It_ends_when_its_time_is_over()
    {
        Hold(2, 160);
        Assert.Null(Assert.Single(desk.Changes(100)).End);
        Assert.Empty(desk.Changes(159));
        Assert.NotNull(desk.Standing);
        var ended = Assert.Single(desk.Changes(160));
        Assert.Equal((OverrideEnd.Expired, (OperatorOrder?)null), (ended.End, ended.EndedBy));
        Assert.Null(desk.Standing);
    }

    [Fact]
    public void A_night_that_is_over_does_not_begin_again_for_an_input_that_comes_late()
    {
        var night = new OperatorDesk(Model with { Signals = Model.Signals with { Night = new(3600, 2 * 3600) } });
        const long End = 21 * 3600; // 02:00 in Almaty
        Assert.Equal(OperatorDesk.Timetable, Assert.Single(night.Changes(End - 10)).Order.By);
        Assert.Equal(OverrideEnd.Expired, Assert.Single(night.Changes(End)).End);
        Assert.Empty(night.Changes(End - 2));
        Assert.Null(night.Standing);
        Assert.Equal(End + 86_400, Assert.Single(night.Changes(End + 86_400 - 3600)).Order.Until);
    }

    [Fact]
    public void It_is_taken_back_or_replaced_with_a_reason_of_its_own()
    {
        Hold(2, 160);
        Assert.Null(desk.Take(new(OperatorAct.Plan, null, 150, "daniyar", "the other street is full"), 110));
        Assert.Null(desk.Take(new(OperatorAct.Release, null, 0, "daniyar", "both streets are free"), 120));
        Assert.Equal(
            [(OperatorAct.Hold, null), (OperatorAct.Hold, "the other street is full"), (OperatorAct.Plan, null), (OperatorAct.Plan, "both streets are free")],
            desk.Changes(120).Select(change => (change.Order.Act, change.EndedBy?.Reason)));
        Assert.Null(desk.Standing);
    }

    [Theory]
    [InlineData(158, 2, Motive.Operator)]
    [InlineData(159, 1, Motive.Plan)]
    public void A_phase_is_held_until_the_second_at_which_the_order_no_longer_counts(long second, int wanted, Motive motive)
    {
        var situation = new Situation(Picture(Model, [], []), Showing(Model, 1, second: second));
        Hold(2, 160);
        var proposal = desk.Over(situation, Usual(new(1)), new FixedStrategy(Model));
        Assert.Equal((new PhaseId(wanted), motive), (proposal.Wanted, proposal.Motive));
    }

    [Fact]
    public void The_plan_of_fixed_times_is_proposed_with_what_it_expects()
    {
        var situation = new Situation(Picture(Model, [], []), Showing(Model, 1));
        Assert.Null(desk.Take(new(OperatorAct.Plan, null, situation.ActsAt + 60, "aigerim", Reason), situation.ActsAt - 1));
        var plan = new FixedStrategy(Model).Propose(situation);
        var proposal = desk.Over(situation, Usual(new(2)), new FixedStrategy(Model));
        Assert.Equal((plan.Wanted, Motive.OperatorPlan), (proposal.Wanted, proposal.Motive));
        Assert.Equal(plan.Expected.ToArray(), proposal.Expected.ToArray());
    }

    private void Hold(int phase, long until) => Assert.Null(desk.Take(new(OperatorAct.Hold, new(phase), until, "aigerim", Reason), 100));

    private static Proposal Usual(PhaseId wanted) => new Proposal().Want(wanted, Motive.Plan, new("as usual"));
}
