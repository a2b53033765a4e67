using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Optimisation.Priority;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Emergency vehicles anywhere, at any time: a controller that obeys never breaks a rule of the monitor.</summary>
public sealed class PreemptionSafetyTests
{
    [Theory]
    [InlineData("fixed", ControlClass.Site)]
    [InlineData("adaptive", ControlClass.RPlus)]
    [InlineData("actuated", ControlClass.S)]
    public void Pre_emption_breaks_no_safety_rule(string strategy, ControlClass controlClass)
    {
        var model = FourArm.Build(controlClass);
        var preempted = 0;
        Prop.ForAll(ArbMap.Default.ArbFor<(byte Lane, byte Seconds)[]>(), vehicles =>
        {
            var optimiser = new IntersectionOptimiser(model, new DecisionOptions(strategy, 0));
            var controller = new VirtualController(model.Signals, 0);
            var monitor = new ConflictMonitor(model.Signals);
            var (second, track) = (0L, 0u);
            foreach (var (lane, seconds) in vehicles.Append(((byte)0, (byte)20)))
            {
                track++;
                for (var s = 0; s <= seconds % 64; s++, second++)
                {
                    var seen = new TrackedObject((ushort)(lane % model.Lanes.Length), (ushort)Math.Max(0, 800 - 140 * s), 140, ObjectClass.Emergency, track);
                    var decision = optimiser.Decide(new(model.Signals.Id, second, controller.Mode, controller.State, Scenes.Seen(model, seen)), second)!;
                    if (decision.Preemption == PreemptionStage.Serving) preempted++;
                    controller.Accept(decision.ToPlan());
                    controller.Step();
                    if (decision.Failure is not null || controller.Violation is not null || monitor.Observe(controller.Second, controller.Lamps) is not null) return false;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();
        Assert.True(preempted > 1000);
    }
}
