using TrafficAI.Network;
using TrafficAI.Optimisation.Health;

namespace TrafficAI.Optimisation.Tests;

public sealed class FallbackLadderTests
{
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight)
        .Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Grrr", "rGGG");

    private readonly FallbackLadder ladder = new();

    [Theory]
    [InlineData(0, false, ControlLevel.Sensed)]
    [InlineData(0, true, ControlLevel.Profiles)]
    [InlineData(1, true, ControlLevel.Profiles)]
    [InlineData(2, true, ControlLevel.Actuated)]
    [InlineData(3, true, ControlLevel.Plan)]
    [InlineData(4, true, ControlLevel.Plan)]
    public void The_less_is_seen_the_lower_it_stands(int blind, bool lost, ControlLevel level)
    {
        ladder.Seen(Picture(blind, lost));
        Assert.Equal(level, ladder.Now.Level);
    }

    [Fact]
    public void It_steps_down_at_once_and_up_only_after_half_a_minute_without_a_reason()
    {
        ladder.Seen(Picture(3, true));
        for (var s = 0; s < 29; s++) ladder.Seen(Picture(0, false));
        ladder.Seen(Picture(3, true));
        for (var s = 0; s < 29; s++) ladder.Seen(Picture(0, false));
        Assert.Equal(ControlLevel.Plan, ladder.Now.Level);
        ladder.Seen(Picture(0, false));
        Assert.Equal(new Rung(ControlLevel.Sensed, new("every detector is believed")), ladder.Now);
    }

    [Fact]
    public void Without_frames_the_plan_runs_and_then_the_controller_is_left_alone()
    {
        Assert.Equal(ControlLevel.Sensed, After(9));
        Assert.Equal(ControlLevel.Plan, After(1));
        Assert.Equal(ControlLevel.Plan, After(49));
        Assert.Equal(ControlLevel.Local, After(1));
        for (var s = 0; s < 30; s++) ladder.Seen(Picture(0, false));
        Assert.Equal(ControlLevel.Sensed, ladder.Now.Level);
    }

    private static TrafficPicture Picture(int blind, bool lost)
    {
        var picture = TrafficPicture.Nothing(Model, 100);
        return picture with
        {
            Lanes = [.. picture.Lanes.Select((lane, i) => lane with { Blind = i < blind })],
            Detectors = [lost ? new(DetectorCondition.Silent, "why") : DetectorHealth.Undoubted],
        };
    }

    private ControlLevel After(int missed)
    {
        for (var s = 0; s < missed; s++) ladder.Missed();
        return ladder.Now.Level;
    }
}
