using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class SwitchedOffTests
{
    [Theory]
    [InlineData(ControlMode.Local, true)]
    [InlineData(ControlMode.Plan, true)]
    [InlineData(ControlMode.Fault, false)]
    [InlineData(ControlMode.Off, false)]
    public void Nothing_is_planned_in_a_fault_or_while_a_person_wants_flashing_amber(ControlMode mode, bool plans)
    {
        var model = FourArm.Model;
        var optimiser = new IntersectionOptimiser(model, new DecisionOptions("adaptive", 0));
        var frame = Scenes.Frame(model, Scenes.Showing(model, 1), Scenes.Seen(model)) with { Mode = mode };
        Assert.Equal(plans, optimiser.Decide(frame, 0) is not null);
        Assert.Equal(plans, optimiser.DecideBlind(frame.Second + 1, 1) is not null);
        Assert.NotNull(optimiser.Decide(Scenes.Frame(model, Scenes.Showing(model, 1, second: frame.Second + 1), Scenes.Seen(model)), 2));
    }
}
