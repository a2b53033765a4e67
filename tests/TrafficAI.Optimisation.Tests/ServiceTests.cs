using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Full exits, starvation, and greens that nobody uses.</summary>
public sealed class ServiceTests
{
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    [Fact]
    public void An_exit_is_full_after_more_than_8_s_and_free_only_when_it_has_been_clear_for_2()
    {
        var watch = new ExitWatch(Model);
        Assert.False(Watch(watch, 8, 1000));
        Assert.True(Watch(watch, 1, 1000));
        for (var i = 0; i < 10; i++)
        {
            Assert.True(Watch(watch, 1, 0));
            Assert.True(Watch(watch, 3, 1000));
        }

        Assert.True(Watch(watch, 1, 0));
        Assert.False(Watch(watch, 1, 0));
        Assert.False(Watch(watch, 60, 800));
    }

    [Theory]
    [InlineData("adaptive", Sensing.Full)]
    [InlineData("adaptive", Sensing.Loops)]
    [InlineData("actuated", Sensing.Full)]
    public void A_single_vehicle_beside_a_queue_without_end_is_served_in_time_and_really_served(string name, Sensing sensing)
    {
        var strategy = Strategies.Create(name, Model);
        var state = Scenes.Showing(Model, 1);
        var (longest, red, green) = (0, 0, 0);
        for (var s = 0; s < 1200; s++)
        {
            var side = state.Lamps[1].IsGreen() ? state.LampSeconds[1] : 0;
            red = side > 0 ? 0 : red + 1;
            longest = Math.Max(longest, red);
            if (side == 0 && green > 0) Assert.InRange(green, 5, 30);
            green = side;
            var main = state.Lamps[0].IsGreen() && state.LampSeconds[0] > 2 ? 0 : 50;
            var picture = Scenes.Picture(Model, Scenes.Queue(20, (uint)(1000 + s)), side > 4 ? [] : [Scenes.Standing(0, 7)]);
            picture = picture with { Second = state.Second + 1, Sensing = sensing, Lanes = [picture.Lanes[0] with { SinceDischargeSeconds = main }, picture.Lanes[1] with { SinceDischargeSeconds = side is > 2 and <= 4 ? 0 : red + 1 }] };
            state = SignalDecider.Advance(Model.Signals, state, strategy.Propose(new(picture, state)).Wanted, default).State;
        }

        Assert.InRange(longest, 10, 300); // by choice: where a maximum red is wanted, the decider keeps it
    }

    [Theory]
    [InlineData("adaptive")]
    [InlineData("actuated")]
    [InlineData("max-pressure")]
    public void A_green_that_nobody_uses_is_lost(string name)
    {
        var strategy = Strategies.Create(name, Model);
        var state = Scenes.Showing(Model, 1, 1, 100);
        var held = 0;
        while (state.Target == new PhaseId(1) && held < 100)
        {
            var picture = Scenes.Picture(Model, Scenes.Queue(12), Scenes.Queue(3, 900)) with { Second = state.Second + 1 };
            state = SignalDecider.Advance(Model.Signals, state, strategy.Propose(new(picture, state)).Wanted, default).State;
            held++;
        }

        Assert.InRange(held, 4, 12);
    }

    private static bool Watch(ExitWatch watch, int seconds, ushort permille)
    {
        for (var s = 0; s < seconds; s++) watch.Observe([.. Enumerable.Range(0, 6).Select(i => i == Model.ExitDetectors[0] ? new LoopReading(0, permille) : default)]);
        return watch.Blocked[0];
    }
}
