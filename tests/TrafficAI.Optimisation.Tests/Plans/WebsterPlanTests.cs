using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests.Plans;

public sealed class WebsterPlanTests
{
    private static readonly ControlClass[] Classes = [ControlClass.Site, ControlClass.RPlus, ControlClass.S];

    private static readonly ImmutableArray<IntersectionModel> Models = [.. Classes.Select(FourArm.Build)];

    /// <summary>Khanna and Justo, Highway Engineering: two roads with 400 and 250 PCU/h and saturation flows of 1250 and 1000, lost time 16 s. By hand:
    /// Y = 0.32 + 0.25 = 0.57, cycle (1.5 · 16 + 5) / (1 − 0.57) = 67.4 s, greens 29 s and 22.5 s.</summary>
    [Fact]
    public void The_textbook_example_comes_out_as_by_hand()
    {
        var example = Example(16, (400, 1250), (250, 1000));
        Assert.Equal([29, 22], EqualSaturation.Greens(example, 67));
        Assert.Equal(0.57 * 67 / 51, EqualSaturation.Highest(example, 67, [29, 22]), 0.02);
        Assert.InRange(Delay(example, 67), Delay(example, WebsterPlan.BestCycle(example)), 1.01 * Delay(example, WebsterPlan.BestCycle(example)));
    }

    [Fact]
    public void The_formula_of_webster_comes_near_to_the_least_delay() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte, byte)>(), drawn =>
        {
            var (lost, first, second) = (6 + drawn.Item1 % 15, 0.1 + drawn.Item2 / 850.0, 0.1 + drawn.Item3 / 850.0);
            var example = Example(lost, (first * 1800, 1800), (second * 1800, 1800));
            var formula = (int)Math.Round((1.5 * lost + 5) / (1 - first - second));
            return formula > 115 || Delay(example, formula) <= 1.1 * Delay(example, WebsterPlan.BestCycle(example));
        }).QuickCheckThrowOnFailure();

    /// <summary>Highway Capacity Manual 2000, equations 16-11 and 16-12, by hand: C = 90 s, g/C = 0.4, X = 0.9, c = 720 veh/h, T = 0.25 h.</summary>
    [Fact]
    public void Delay_is_that_of_the_manual() => Assert.Equal(25.31 + 16.47, SignalDelay.Seconds(90, 0.4, 0.9, 720), 0.05);

    [Fact]
    public void Over_capacity_the_cycle_is_long_but_not_longer_than_two_minutes()
    {
        var cycle = WebsterPlan.BestCycle(Example(10, (1700, 1800), (1700, 1800)));
        Assert.InRange(cycle, 100, WebsterPlan.LongestCycle);
    }

    [Fact]
    public void Every_plan_runs_as_it_stands_under_the_decider() => Check((model, plan) => PlanFit.Held(model.Signals, plan.Plan) is null);

    [Fact]
    public void Cycles_add_up_and_minima_are_kept() => Check((model, plan) =>
        plan.Greens.Sum() + plan.Problem.LostSeconds == plan.Cycle && plan.Plan.CycleSeconds == plan.Cycle && plan.Cycle <= WebsterPlan.LongestCycle
        && plan.Greens.Zip(plan.Problem.Order).All(step => step.First >= model.Signals.Phase(step.Second).MinimumSeconds));

    [Fact]
    public void Every_group_is_served_in_each_cycle() => Check((model, plan) =>
        model.Signals.Groups.All(g => plan.Problem.Order.Any(p => model.Signals.Phase(p).Green[g.Index])));

    [Fact]
    public void A_controller_that_runs_it_never_objects() => Check((model, plan) =>
    {
        var controller = new VirtualController(model.Signals with { LocalPlan = plan.Plan }, 0);
        for (var second = 0; second < 3 * plan.Cycle; second++) controller.Step();
        return controller.Mode == ControlMode.Local && controller.Violation is null;
    });

    [Fact]
    public void Who_comes_in_greater_number_gets_no_less_green() => Prop.ForAll(ArbMap.Default.ArbFor<(byte, byte)>(), drawn =>
    {
        var (few, more) = (100 + drawn.Item1, 100 + drawn.Item1 + 2 * drawn.Item2);
        return EqualSaturation.Greens(Example(10, (more, 1800), (400, 1800)), 80)[0] >= EqualSaturation.Greens(Example(10, (few, 1800), (400, 1800)), 80)[0];
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_turn_that_yields_gets_through_only_when_the_queue_against_it_has_gone()
    {
        var free = new LaneService(0.5, 0, double.PositiveInfinity);
        var yields = free with { OpposingRatio = 0.25 };
        Assert.Equal(15, free.Capacity(90, 30));
        Assert.Equal(0.5 * (30 - 20) + 1, yields.Capacity(90, 30), 9); // the queue of 60 s of red takes 60 · 0.25 / 0.75 = 20 s; one goes at the end
        Assert.Equal(1, yields.Capacity(120, 10), 9);
    }

    [Fact]
    public void A_lane_of_which_a_part_has_red_is_blocked_by_the_first_who_must_wait() =>
        Assert.Equal(3, new LaneService(0.5, 0, 0.75 / 0.25).Capacity(90, 60));

    private static double Delay(SplitProblem problem, int cycle) => SignalDelay.PerHour(problem, cycle, EqualSaturation.Greens(problem, cycle).AsSpan());

    /// <summary>Two phases with a lane each.</summary>
    private static SplitProblem Example(int lost, (double Flow, double Saturation) first, (double Flow, double Saturation) second)
    {
        var none = default(LaneService);
        return new(
            [new(1), new(2)], [lost / 2, lost - lost / 2], [1, 1],
            [new(first.Flow, [Serves(first.Saturation), none]), new(second.Flow, [none, Serves(second.Saturation)])]);
    }

    private static LaneService Serves(double perHour) => new(perHour / 3600, 0, double.PositiveInfinity);

    private static void Check(Func<IntersectionModel, WebsterPlan, bool> holds) => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), drawn =>
    {
        foreach (var model in Models)
        {
            ImmutableArray<double> flows = [.. model.Movements.Select(m => 1.0 + (drawn.Length == 0 ? 0 : 3 * drawn[m.Index % drawn.Length]))];
            ImmutableArray<double> headways = [.. model.Lanes.Select(_ => 1.8)];
            foreach (var order in PhaseSequences.Of(model))
                if (!holds(model, WebsterPlan.Compute(model.Signals, SplitProblemBuilder.Build(model, flows, headways, order)))) return false;
        }

        return true;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));
}
