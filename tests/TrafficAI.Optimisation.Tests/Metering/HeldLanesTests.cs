using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests.Metering;

public sealed class HeldLanesTests
{
    private static readonly IntersectionModel Model = MeteredStreet.Model;
    private static readonly Situation AtGate = new(Picture(Model, Queue(9), [Moving(12)]), Showing(Model, 2));

    [Theory, InlineData("adaptive"), InlineData("max-pressure")]
    public void No_phase_is_wanted_for_the_sake_of_a_queue_that_is_to_wait(string strategy)
    {
        Assert.Equal(1, Wanted(strategy, AtGate));
        Assert.Equal(2, Wanted(strategy, AtGate with { Held = [true, false] }));
        Assert.Equal(1, Wanted(strategy, AtGate with { Held = [false, false] }));
    }

    [Theory, InlineData("adaptive"), InlineData("max-pressure")]
    public void A_green_that_nobody_else_uses_is_left_to_those_who_wait(string strategy)
    {
        var inner = new Situation(Picture(Model, Queue(2), Queue(9, 200)), Showing(Model, 1)) { Held = [true, false] };
        Assert.Equal(2, Wanted(strategy, inner));
    }

    [Fact]
    public void Decisions_are_the_same_without_metering_and_with_a_region_that_is_never_too_full()
    {
        var (off, on) = (Run(null, load: null), Run(new(95, 150), load: 0));
        Assert.Equal(off, on);
        Assert.NotEqual(off, Run(new(5, 150), load: 100));
    }

    [Fact]
    public void The_same_inputs_give_the_same_decisions_under_metering() =>
        Assert.Equal(Run(new(5, 150), load: 100), Run(new(5, 150), load: 100));

    private static int Wanted(string strategy, in Situation situation) => Strategies.Create(strategy, Model).Propose(situation).Wanted.Number;

    private static List<(PhaseId, PhaseId)> Run(Optimisation.Metering.MeteringOptions? metering, int? load)
    {
        var junction = new BusyJunction(Model, Sensing.Full);
        var optimiser = new IntersectionOptimiser(Model, new("adaptive", 0, Metering: metering));
        var decided = new List<(PhaseId, PhaseId)>();
        for (var i = 0; i < 3000; i++)
        {
            var frame = junction.Next();
            Assert.Null(optimiser.Believe(MeteredStreet.Told(frame.Second - 1, load)));
            var decision = optimiser.Decide(frame, i)!;
            Assert.Null(decision.Failure);
            decided.Add((decision.Wanted, decision.Granted));
            junction.Obey(decision.ToPlan());
        }

        return decided;
    }
}
