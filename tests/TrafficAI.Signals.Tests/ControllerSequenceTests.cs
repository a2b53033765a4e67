namespace TrafficAI.Signals.Tests;

/// <summary>Starts, switching off, failures, restarts and a clock that is set.</summary>
public class ControllerSequenceTests
{
    [Fact]
    public void From_dark_it_comes_over_amber_and_all_red_to_the_first_phase()
    {
        var controller = VirtualController.ColdStart(Streets.MainRoad(), 50);
        Assert.Equal(("OOOOO", 49L, ControlMode.Local), (controller.Letters, controller.Second, controller.Mode));
        Assert.Equal("yyyyr*3 rrrrr*10 rGrrr*6 ryrrr*3", Run(controller, 22));
        Assert.Null(controller.Violation);
    }

    [Fact]
    public void Switched_off_it_ends_every_green_in_order_before_amber_flashes()
    {
        var controller = new VirtualController(Streets.MainRoad(profile: SignalProfile.Kz), 0);
        controller.SwitchOff();
        Assert.Equal((ControlMode.Off, PlanReply.Off), (controller.Mode, controller.Accept(Plan(0))));
        Assert.Equal("GgGrG*15 yyyrG*3 rrrrr*10 ooooO*12", Run(controller, 40));
        Assert.Equal((ControlMode.Off, null), (controller.Mode, controller.Violation));
        controller.SwitchOn();
        Assert.Equal("yyyyr*3 rrrrr*10 rGrrr*2", Run(controller, 15));
        Assert.Equal(ControlMode.Local, controller.Mode);
    }

    [Fact]
    public void Switched_on_again_before_anything_has_ended_it_just_goes_on()
    {
        var controller = new VirtualController(Streets.Two(), 0);
        controller.SwitchOff();
        Run(controller, 2);
        controller.SwitchOn();
        Assert.Equal("Gr*28 yr*3 rr*2", Run(controller, 33));
    }

    [Fact]
    public void Switched_on_again_while_it_closes_it_closes_and_starts()
    {
        var controller = new VirtualController(Streets.Two(), 10);
        controller.SwitchOff();
        Assert.Equal("yr*2", Run(controller, 2));
        controller.SwitchOn();
        Assert.Equal("yr*1 rr*5 oo*1 yy*3 rr*5 rG*1", Run(controller, 16));
    }

    [Fact]
    public void Switched_off_in_a_start_it_flashes_at_once()
    {
        var controller = VirtualController.ColdStart(Streets.Two(), 0);
        Run(controller, 5);
        controller.SwitchOff();
        Assert.Equal("oo*4", Run(controller, 4));
    }

    [Fact]
    public void A_failure_flashes_at_once_and_nothing_but_a_release_ends_it()
    {
        var controller = new VirtualController(Streets.Two(), 10);
        controller.Fail();
        Assert.Equal("oo*5", Run(controller, 5));
        controller.SwitchOff();
        controller.SwitchOn();
        Assert.Equal((ControlMode.Fault, PlanReply.Fault), (controller.Mode, controller.Accept(Plan(15))));
        controller.Release();
        Assert.Equal("yy*3 rr*5 rG*1", Run(controller, 9));
        Assert.Null(controller.Violation);
    }

    [Fact]
    public void Restarted_it_goes_on_in_the_middle_of_a_passage()
    {
        var signals = Streets.Two(profile: SignalProfile.Kz);
        for (var second = 0; second < 120; second++)
        {
            var before = new VirtualController(signals, 0);
            Run(before, second);
            var after = VirtualController.Resume(signals, before.State);
            Assert.Equal(Run(before, 100), Run(after, 100));
            Assert.Equal(before.State.LampSeconds, after.State.LampSeconds);
        }
    }

    [Fact]
    public void Restarted_from_what_it_cannot_have_shown_it_flashes_and_starts_anew()
    {
        var signals = Streets.Two();
        var state = SignalDecider.Start(signals, 10) with { Lamps = [Lamp.Red, Lamp.Red] };
        var controller = VirtualController.Resume(signals, state);
        Assert.Equal("oo*1 yy*3 rr*5 rG*1", Run(controller, 10));
        Assert.Null(controller.Violation);
        Assert.Throws<ArgumentException>(() => VirtualController.Resume(signals, state with { Lamps = [Lamp.Red] }));
    }

    [Fact]
    public void A_clock_that_is_set_shortens_nothing()
    {
        var controller = new VirtualController(Streets.Two(), 30);
        Run(controller, 2);
        controller.SetClock(59); // the plan is about to begin its first phase
        Assert.Equal("yr*1 rr*2 rG*5 ry*3 rr*2 Gr*4", Run(controller, 17));
        Assert.Equal(75, controller.Second);
        Assert.Null(controller.Violation);
    }

    [Fact]
    public void A_lone_phase_is_never_shorter_than_its_programme_shows_it()
    {
        var signals = TestStreet.Signals([new("a")], [], "12 G 5; 3 y; 2 r");
        for (var set = 1; set < 12; set++)
        {
            var controller = new VirtualController(signals, 0);
            Run(controller, set);
            controller.SetClock(12); // the plan is about to repeat
            Assert.Equal("G*17 y*3", Run(controller, 20));
        }
    }

    /// <summary>The crossing is green for 10 s of the passage and 8 s of the phase, and needs 15 s: after a start the phase alone must give them.</summary>
    [Fact]
    public void A_lone_phase_gives_the_minimum_that_its_passage_would_have_begun()
    {
        var signals = TestStreet.Signals([new("a"), new("corner", 13, Crossing: true)], [], "8 GG 5; 3 yr; 10 yG");
        for (var begin = 0; begin < 21; begin++)
        {
            var controller = VirtualController.ColdStart(signals, begin);
            var green = 0;
            for (var i = 0; i < 100; i++)
            {
                controller.Step();
                if (controller.Lamps[1].IsGreen()) green++;
                else if (green > 0) Assert.InRange(green, 15, 100);
                if (!controller.Lamps[1].IsGreen()) green = 0;
            }
        }
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_lengthen_a_lease()
    {
        var controller = new VirtualController(Streets.Two(), 1000);
        Assert.Equal(PlanReply.Accepted, controller.Accept(Plan(1000)));
        Run(controller, 10);
        controller.SetClock(0);
        Run(controller, 20);
        Assert.Equal(ControlMode.Plan, controller.Mode);
        Run(controller, 1);
        Assert.Equal(ControlMode.Local, controller.Mode);
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(40)]
    public void A_clock_that_is_set_moves_no_entry_of_the_plan_that_is_held(long to)
    {
        var plan = Plan(1000) with { LeaseSeconds = 60, Entries = [new(new(1), 1000, 1000, 1060), new(new(2), 1030, 1030, 1060)] };
        var controller = new VirtualController(Streets.Two(), 1000);
        var other = new VirtualController(Streets.Two(), 1000);
        Assert.Equal(PlanReply.Accepted, controller.Accept(plan));
        Assert.Equal(PlanReply.Accepted, other.Accept(plan));
        Run(controller, 10);
        Run(other, 10);
        controller.SetClock(to);
        Assert.Equal(PlanReply.Accepted, controller.Judge(plan));
        Assert.Equal(Run(other, 49), Run(controller, 49));
        Assert.Equal((ControlMode.Plan, new PhaseId(2)), (controller.Mode, controller.State.Phase));
    }

    [Fact]
    public void Switched_off_for_so_many_seconds_it_comes_back_whatever_the_clock_does()
    {
        var controller = new VirtualController(Streets.Two(), 0);
        Run(controller, 3);
        controller.SwitchOff(60);
        Run(controller, 20);
        controller.SetClock(9000);
        Run(controller, 40);
        Assert.Equal(ControlMode.Off, controller.Mode);
        Run(controller, 1);
        Assert.Equal(ControlMode.Local, controller.Mode);
    }

    [Fact]
    public void A_second_without_a_change_costs_no_memory()
    {
        foreach (var controlClass in Enum.GetValues<ControlClass>())
        {
            var controller = new VirtualController(Streets.MainRoad(controlClass), 0);
            for (var i = 0; i < 5000; i++) controller.Step();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 5000; i++) controller.Step();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    /// <summary>The letters shown, each with its seconds.</summary>
    private static string Run(VirtualController controller, int seconds)
    {
        var shown = new List<(string Letters, int Seconds)>();
        for (var i = 0; i < seconds; i++)
        {
            controller.Step();
            if (shown.Count > 0 && shown[^1].Letters == controller.Letters) shown[^1] = (controller.Letters, shown[^1].Seconds + 1);
            else shown.Add((controller.Letters, 1));
        }

        return string.Join(' ', shown.Select(s => $"{s.Letters}*{s.Seconds}"));
    }

    private static PhasePlan Plan(long second) => new(new("J"), second, 0, 1, 1, 30, second, 1, [new(new(1), second, second, second)]);
}
