using TrafficAI.Optimisation.Health;
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
            controller.Accept(decision.Plan);
            controller.Step(default);
            if (second < 100) continue;
            Assert.Equal("fixed", decision.Strategy);
            phases.Add(controller.State.Phase);
        }

        Assert.Equal(ControlLevel.Plan, optimiser.Rung.Level);
        Assert.Equal(model.Signals.Phases.Length, phases.Distinct().Count());
    }
}
