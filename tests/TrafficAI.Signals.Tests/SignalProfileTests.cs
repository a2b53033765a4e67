namespace TrafficAI.Signals.Tests;

public class SignalProfileTests
{
    private static readonly IntersectionSignals Kz = Streets.MainRoad(ControlClass.Site, SignalProfile.Kz);

    /// <summary>Straight ways 5 s (computed, the programme shows 4), the left turn 5 s, the crossing 10 s; red-amber while all others are red.</summary>
    [Fact]
    public void Green_flashes_then_amber_then_all_red_with_red_amber_inside()
    {
        var passage = Kz.Interphase(new(1), new(3));
        Assert.Equal(
            [
                "GgGrf", "GgGrf", "GgGrf", "GgGrr", "GgGrr", "fffrr", "fffrr", "fffrr", "yyyrr", "yyyrr", "yyyrr", "rrrur", "rrrur",
            ],
            Shown(passage));
        Assert.Equal("GgGrG", passage.Seconds[0].Letters);
        Assert.Equal("GgGrr", passage.Seconds[7].Letters);
        Assert.Equal("rrrur", passage.Seconds[^1].Letters);
    }

    [Fact]
    public void A_crossing_passes_from_flashing_green_to_red()
    {
        var crossing = Kz.Groups[4];
        Assert.Equal((GroupKind.Pedestrian, 0, 3, 15), (crossing.Kind, crossing.AmberSeconds, crossing.FlashingGreenSeconds, crossing.MinimumGreenSeconds));
    }

    [Theory]
    [InlineData(ControlClass.R)]
    [InlineData(ControlClass.RPlus)]
    [InlineData(ControlClass.S)]
    public void Pedestrians_get_their_whole_time_in_every_class(ControlClass controlClass) =>
        Assert.Equal([7, 7, 7, 7, 15], Streets.MainRoad(controlClass, SignalProfile.Kz).Groups.Select(g => g.MinimumGreenSeconds));

    [Fact]
    public void Flashing_green_counts_for_the_minimum_and_is_never_called_back()
    {
        var signals = Streets.Two(ControlClass.Site, SignalProfile.Kz);
        var state = SignalDecider.Start(signals, 10);
        while (state.Next is null && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(2)).State;
        while (state.Next is not null && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(2)).State;
        var green = 0;
        for (var step = SignalDecider.Advance(signals, state, new(1)); state.Lamps[1].IsGreen() && green < 1000; step = SignalDecider.Advance(signals, state, new(2)))
        {
            green++;
            if (state.Lamps[1] == Lamp.FlashingGreen) Assert.Equal((Guard.Interphase, new PhaseId(1)), (step.Bound, step.State.Target));
            else step = SignalDecider.Advance(signals, state, new(1));
            state = step.State;
        }

        Assert.Equal(7, green);
    }

    [Fact]
    public void The_local_plan_keeps_its_cycle_where_the_longer_passages_fit()
    {
        Assert.Equal(80, Kz.LocalPlan.CycleSeconds);
        Assert.Equal(60, Streets.Two(ControlClass.Site, SignalProfile.Kz).LocalPlan.CycleSeconds);
    }

    [Fact]
    public void A_single_phase_keeps_its_programme()
    {
        var signals = TestStreet.Signals([new("a")], [], "5 G; 3 y; 2 r", profile: SignalProfile.Kz);
        Assert.Equal((0, 5), (signals.Groups[0].FlashingGreenSeconds, signals.Interphases[0].Length));
    }

    [Fact]
    public void The_default_is_the_programme_itself() =>
        Assert.Equal(
            Streets.MainRoad().Interphases.SelectMany(i => i.Seconds).Select(s => s.Letters),
            Streets.MainRoad(ControlClass.Site, SignalProfile.OfProgramme).Interphases.SelectMany(i => i.Seconds).Select(s => s.Letters));

    /// <summary>One word a second, one letter a group: as SUMO's, but f for flashing green.</summary>
    private static IEnumerable<string> Shown(Interphase passage) => passage.Seconds.Select(image => string.Concat(
        image.Lamps.Select((lamp, group) => lamp == Lamp.FlashingGreen ? 'f' : image.Letters[Kz.Groups[group].Links[0]])));
}
