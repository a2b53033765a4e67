using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Network;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class PriorityRequestsTests
{
    private static readonly PhaseId Second = new(2);
    private static readonly IntersectionModel Model =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");

    private readonly PriorityRequests requests = new(Model);
    private readonly List<string> told = [];
    private long second = 100;

    [Theory]
    [InlineData(2, 20, 6, true)] // its phase runs: green is held from 6 s before
    [InlineData(2, 20, 7, false)]
    [InlineData(1, 20, 9, true)] // passage 3 s, comfort 6 s
    [InlineData(1, 20, 10, false)]
    [InlineData(1, 1, 13, true)] // 4 s are missing to the minimum green
    [InlineData(1, 1, 14, false)]
    public void It_is_served_from_when_the_way_to_its_group_takes_as_long_as_its_arrival(int running, int elapsed, int arrivesIn, bool isServed)
    {
        requests.Hear(Ask(1, arrivesIn));
        var proposal = Step(running, elapsed);
        Assert.Equal(isServed ? (Second, Motive.PreEmption) : (new(running), Motive.Plan), (proposal.Wanted, proposal.Motive));
        Assert.Equal(isServed ? ["1 Queued", "1 Activated"] : ["1 Queued"], told);
    }

    [Fact]
    public void It_is_complete_when_its_group_was_green_long_enough_after_its_arrival()
    {
        requests.Hear(Ask(1, 5));
        Step(1, 20);
        for (var s = 1; s < 5 + PriorityRequests.PassingSeconds; s++) Assert.Equal(Second, Step(2, s).Wanted);
        Assert.Equal(["1 Queued", "1 Activated"], told);
        Assert.Equal(Motive.Plan, Step(2, 20).Motive);
        Assert.Equal("1 Completed", told[^1]);
    }

    [Fact]
    public void Cancelled_it_is_forgotten_at_once()
    {
        requests.Hear(Ask(1, 5));
        Step(1, 20);
        requests.Hear(Ask(1, 5) with { IsCancelled = true });
        requests.Hear(Ask(2, 5) with { IsCancelled = true });
        Assert.Equal(Motive.Plan, Step(2, 3).Motive);
        Assert.Equal(["1 Queued", "1 Activated"], told);
    }

    [Fact]
    public void What_is_never_served_is_stale_a_minute_after_its_arrival_and_what_keeps_coming_is_served_for_a_minute()
    {
        requests.Hear(Ask(1, 500));
        for (var s = 0; s < 2 * PriorityRequests.LongestServiceSeconds - 1; s++)
        {
            requests.Hear(Ask(2, 5));
            Step(1, 20);
        }

        Assert.Equal(["1 Queued", "2 Queued", "2 Activated", "2 Rejected", "2 Queued"], told);
        requests.Hear(Ask(2, 5) with { IsCancelled = true });
        second = 100 + 500 + PriorityRequests.StaleSeconds - 1;
        Step(1, 20);
        Assert.DoesNotContain("1 Stale", told);
        Step(1, 20);
        Assert.Equal("1 Stale", told[^1]);
    }

    [Theory]
    [InlineData(3, ObjectClass.Emergency, PriorityRefusal.NoSuchGroup, "no such group")]
    [InlineData(-1, ObjectClass.Emergency, PriorityRefusal.NoSuchGroup, "no such group")]
    [InlineData(1, ObjectClass.Truck, PriorityRefusal.Class, "only emergency vehicles and buses are served")]
    [InlineData(1, ObjectClass.Bus, PriorityRefusal.NotLate, "it is not late")]
    public void What_cannot_be_served_is_rejected_with_a_reason(int group, ObjectClass by, PriorityRefusal refusal, string reason)
    {
        requests.Hear(Ask(1, 5) with { Group = group, Class = by, LateSeconds = 0 });
        Assert.Equal(new PriorityAnswer(9, 1, PriorityProgress.Rejected, reason) { Refusal = refusal }, Assert.Single(requests.Answers(second)));
        Assert.Equal(Motive.Plan, Step(1, 20).Motive);
    }

    [Fact]
    public void No_more_than_so_many_run()
    {
        for (var number = 1u; number <= PriorityRequests.MostRunning + 1; number++) requests.Hear(Ask(number, 60));
        Assert.Equal(new PriorityAnswer(9, PriorityRequests.MostRunning + 1, PriorityProgress.Rejected, "too many requests run") { Refusal = PriorityRefusal.TooMany }, requests.Answers(second)[^1]);
    }

    /// <summary>Somebody forges request after request, each as soon as the one before has come to its end.</summary>
    [Fact]
    public void One_request_after_another_has_no_more_than_half_of_the_time()
    {
        const int Seconds = 600;
        var served = 0;
        for (var s = 0; s < Seconds; s++)
        {
            if (told.Count == 0 || told[^1].EndsWith("Completed", StringComparison.Ordinal) || told[^1].EndsWith("Rejected", StringComparison.Ordinal)) requests.Hear(Ask((uint)s + 1, 0));
            if (Step(2, 20).Motive == Motive.PreEmption) served++;
        }

        Assert.InRange(served, Seconds / 3, (Seconds + PriorityRequests.LongestServiceSeconds) / 2); // the first minute is free
        Assert.Contains(told, answer => answer.EndsWith("Completed", StringComparison.Ordinal));
        Assert.Contains(told, answer => answer.EndsWith("Rejected", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_to_arrive_is_served_first()
    {
        requests.Hear(Ask(1, 6) with { Group = 2 });
        requests.Hear(Ask(2, 5));
        Assert.Equal(Second, Step(1, 20).Wanted);
        requests.Hear(Ask(2, 5) with { IsCancelled = true });
        Assert.Equal(new PhaseId(3), Step(1, 20).Wanted);
    }

    [Fact]
    public void A_phase_in_which_its_group_yields_to_nobody_comes_before_one_in_which_it_does()
    {
        var model = new Street().Lane(TurnDirection.Left).Lane(TurnDirection.Straight).Yields(0, 1).Phases("gG", "Gr", "rG");
        var asked = new PriorityRequests(model);
        asked.Hear(Ask(1, 2) with { Group = model.Signals.Groups.First(group => group.Links.Contains(0)).Index });
        Assert.Equal(Second, asked.Over(new(Picture(model, [], []), Showing(model, 1)), Usual(new(1))).Wanted);
    }

    [Fact]
    public void During_a_passage_it_waits_for_its_end()
    {
        requests.Hear(Ask(1, 2));
        var passing = Showing(Model, 1, 1) with { Next = new(3) };
        var proposal = requests.Over(new(Picture(Model, [], [], []), passing), Usual(Second));
        Assert.Equal((new PhaseId(3), Motive.Passage), (proposal.Wanted, proposal.Motive));
    }

    /// <summary>Requests of any kind at any time: a controller that obeys never breaks a rule of the monitor.</summary>
    [Theory]
    [InlineData("fixed", ControlClass.Site)]
    [InlineData("adaptive", ControlClass.S)]
    public void Requests_break_no_safety_rule(string strategy, ControlClass controlClass)
    {
        var model = FourArm.Build(controlClass);
        var served = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Group, byte Arrives, byte Seconds)[]>(), asked =>
        {
            var optimiser = new IntersectionOptimiser(model, new DecisionOptions(strategy, 0));
            var controller = new VirtualController(model.Signals, 0);
            var monitor = new ConflictMonitor(model.Signals);
            var (at, number) = (0L, 0u);
            foreach (var (group, arrives, seconds) in asked.Append(((byte)0, (byte)5, (byte)40)))
            {
                optimiser.Hear(new(1, ++number, group % (model.Signals.Groups.Length + 1), ObjectClass.Emergency, at + arrives, group > 250));
                for (var s = 0; s <= seconds % 64; s++, at++)
                {
                    var decision = optimiser.Decide(new(model.Signals.Id, at, controller.Mode, controller.State, Seen(model)), at)!;
                    served += optimiser.Answers(at).Count(answer => answer.Progress == PriorityProgress.Completed);
                    controller.Accept(decision.ToPlan());
                    controller.Step();
                    if (decision.Failure is not null || controller.Violation is not null || monitor.Observe(controller.Second, controller.Lamps) is not null) return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
        Assert.True(served > 100);
    }

    private static Proposal Usual(PhaseId wanted) => new Proposal().Want(wanted, Motive.Plan, new("usual"));

    private PriorityRequest Ask(uint number, int arrivesIn) => new(9, number, 1, ObjectClass.Emergency, second + arrivesIn, false);

    private Proposal Step(int running, int elapsed)
    {
        var situation = new Situation(Picture(Model, [], [], []), Showing(Model, running, elapsed, second - 1));
        var proposal = requests.Over(situation, Usual(new(running)));
        told.AddRange(requests.Answers(second++).Select(answer => $"{answer.Number} {answer.Progress}"));
        return proposal;
    }
}
