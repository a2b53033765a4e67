using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class FixedStrategyTests
{
    [Fact]
    public void It_follows_the_local_plan_and_expects_its_next_steps()
    {
        var model = FourArm.Model;
        var strategy = Strategies.Create("fixed", model);
        for (var second = 0L; second < 200; second++)
        {
            var proposal = strategy.Propose(new(Nothing(model), SignalDecider.Start(model.Signals, second - 1)));
            Assert.Equal(model.Signals.LocalPlan.PhaseAt(second), proposal.Wanted);
            Assert.NotEmpty(proposal.Expected.ToArray());
            Assert.All(proposal.Expected.ToArray(), e => Assert.Equal(model.Signals.LocalPlan.PhaseAt(second + e.AfterSeconds), e.Phase));
        }
    }

    private static TrafficPicture Nothing(IntersectionModel model) => Scenes.Picture(model, [.. model.Lanes.Select(_ => Array.Empty<ApproachingVehicle>())]);
}
