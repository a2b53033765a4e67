using TrafficAI.Optimisation.Health;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Detectors that say nothing starve no street.</summary>
public sealed class DeadDetectorTests
{
    [Theory]
    [InlineData("adaptive", Sensing.Full)]
    [InlineData("adaptive", Sensing.Loops)]
    [InlineData("actuated", Sensing.Full)]
    [InlineData("max-pressure", Sensing.Loops)]
    public void With_every_detector_dead_all_phases_run_as_in_the_plan(string strategy, Sensing sensing)
    {
        var model = FourArm.Model;
        var optimiser = new IntersectionOptimiser(model, new DecisionOptions(strategy, 0));
        var controller = new VirtualController(model.Signals, 0);
        var phases = new List<PhaseId>();
        for (var second = 0; second < 400; second++)
        {
            var decision = optimiser.Decide(new(model.Signals.Id, second, controller.Mode, controller.State, DetectorReadings.Nothing(sensing, model.Intersection.Detectors.Length)), second)!;
            controller.Accept(decision.ToPlan());
            controller.Step(default);
            if (second < 100) continue;
            Assert.Equal("fixed", decision.Strategy);
            phases.Add(controller.State.Phase);
        }

        Assert.Equal(ControlLevel.Plan, optimiser.Rung.Level);
        Assert.Equal(model.Signals.Phases.Length, phases.Distinct().Count());
    }

    [Fact]
    public void Where_plans_have_been_computed_the_plan_of_the_ladder_is_theirs()
    {
        var counts = new IntersectionCounts(
            [new(0, CountedInterval.LengthSeconds, [.. FourArm.Model.Movements.Select(_ => 40.0)])], [.. FourArm.Model.Lanes.Select(_ => 1.8)]);
        var model = FourArm.Model with { Plans = new([.. DayPlanner.Compute(FourArm.Model, counts).Select(p => p.Segment)]) };
        var optimiser = new IntersectionOptimiser(model, new DecisionOptions("adaptive", 0));
        var controller = new VirtualController(model.Signals, 0);
        for (var second = 0; second < 300; second++)
        {
            var nothing = DetectorReadings.Nothing(Sensing.Full, model.Intersection.Detectors.Length);
            var decision = optimiser.Decide(new(model.Signals.Id, second, controller.Mode, controller.State, nothing), second)!;
            controller.Accept(decision.ToPlan());
            controller.Step(default);
            if (second < 100) continue;
            Assert.Equal("webster", decision.Strategy);
            Assert.Equal(model.Plans.At(decision.ActsAt).Webster.PhaseAt(decision.ActsAt), decision.Wanted);
        }
    }
}
