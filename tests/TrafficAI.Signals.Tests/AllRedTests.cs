namespace TrafficAI.Signals.Tests;

/// <summary>All red that lasts longer while somebody is inside.</summary>
public sealed class AllRedTests
{
    /// <summary>Cycle 60: F1 0 to 30, amber to 33, all red to 35, F2 35 to 55.</summary>
    private static readonly IntersectionSignals Two = Streets.Two() with { AllRedExtensionSeconds = 4 };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    [InlineData(60, 4)]
    public void It_lasts_as_long_as_is_asked_but_no_longer_than_it_may(int asked, int lasts)
    {
        var state = SignalDecider.Start(Two, 34);
        for (var i = 0; i < lasts; i++)
        {
            var step = SignalDecider.Advance(Two, state, new(2), clears: i < asked);
            Assert.Equal((Guard.AllRed, 5, 34 + i + 1L), (step.Bound, step.State.Elapsed, step.State.Second));
            Assert.Equal([Lamp.Red, Lamp.Red], step.State.Lamps);
            Assert.True(SignalDecider.IsOwn(Two, step.State));
            Assert.Equal(state.LampSequence, step.State.LampSequence);
            state = step.State;
        }

        var after = SignalDecider.Advance(Two, state, new(2), clears: lasts < asked);
        Assert.Equal((Guard.None, new PhaseId(2), 1), (after.Bound, after.State.Phase, after.State.Elapsed));
    }

    [Fact]
    public void Amber_and_greens_last_no_longer()
    {
        for (var second = 0; second < 60; second++)
        {
            if (second is 34 or 59) continue;
            var state = SignalDecider.Start(Two, second);
            var wanted = Two.LocalPlan.PhaseAt(second + 1);
            Assert.Equivalent(SignalDecider.Advance(Two, state, wanted), SignalDecider.Advance(Two, state, wanted, clears: true), strict: true);
        }
    }

    [Fact]
    public void It_never_lasts_longer_where_the_site_does_not_say_so()
    {
        var signals = Streets.Two();
        Assert.Equal(new PhaseId(2), SignalDecider.Advance(signals, SignalDecider.Start(signals, 34), new(2), clears: true).State.Phase);
    }

    /// <summary>Red-amber comes after it: the second before that is the one that lasts.</summary>
    [Fact]
    public void It_lasts_before_red_amber()
    {
        var signals = Streets.MainRoad(profile: SignalProfile.Kz with { AllRedExtensionSeconds = 2 });
        var lengthened = 0;
        foreach (var passage in signals.Interphases.Where(passage => passage.From != passage.To))
        {
            var shown = Passage(signals, passage.From, passage.To);
            var longer = shown.Count - passage.Length;
            if (longer == 0) continue;
            Assert.Equal(2, longer);
            var last = passage.Seconds.Select((image, at) => (image, at)).Last(second => second.image.Lamps.All(lamp => lamp == Lamp.Red)).at;
            Assert.Equal(passage.Seconds.Skip(last + 1).Select(image => image.Lamps.ToArray()), shown.Skip(last + 3));
            if (shown[^1].Contains(Lamp.RedAmber)) lengthened++;
        }

        Assert.True(lengthened > 0);
    }

    [Fact]
    public void A_passage_without_all_red_lasts_no_longer()
    {
        var signals = Streets.Two(ControlClass.RPlus) with { AllRedExtensionSeconds = 10 };
        var state = SignalDecider.Start(signals, 0);
        for (var i = 0; i < 200; i++)
        {
            var step = SignalDecider.Advance(signals, state, signals.LocalPlan.PhaseAt(state.Second + 1), clears: true);
            Assert.NotEqual(Guard.AllRed, step.Bound);
            state = step.State;
        }
    }

    [Fact]
    public void Who_waits_near_the_maximum_red_comes_first()
    {
        var signals = Two with { MaximumRedSeconds = 60 };
        var state = SignalDecider.Start(signals, 34);
        Assert.Equal(Guard.AllRed, SignalDecider.Advance(signals, state, new(2), clears: true).Bound);
        var waiting = signals with { MaximumRedSeconds = state.LampSeconds[1] + 1 };
        Assert.Equal(Guard.None, SignalDecider.Advance(waiting, state, new(2), clears: true).Bound);
    }

    [Fact]
    public void A_controller_obeys_its_plan_and_no_other()
    {
        var controller = new VirtualController(Two, 30);
        var plan = new PhasePlan(Two.Id, 29, 0, 1, 1, 30, 29, 1, [new(new(2), 29, 29, 60)]) { AllRedUntil = 37 };
        Assert.Equal(PlanReply.Accepted, controller.Accept(plan));
        while (controller.Second < 36) controller.Step();
        Assert.Equal((new PhaseId(2), 5), (controller.State.Next, controller.State.Elapsed));
        controller.Step();
        Assert.Equal((null, new PhaseId(2)), (controller.State.Next, controller.State.Phase));
    }

    [Fact]
    public void It_ends_with_the_lease_and_on_the_controllers_own_plan_it_never_lasts_longer()
    {
        var controller = new VirtualController(Two, 30);
        controller.Accept(new PhasePlan(Two.Id, 29, 0, 1, 1, 7, 29, 1, [new(new(2), 29, 29, 60)]) { AllRedUntil = 60 });
        while (controller.Second < 35) controller.Step();
        Assert.Equal((new PhaseId(2), ControlMode.Plan), (controller.State.Next, controller.Mode));
        controller.Step();
        Assert.Equal((null, ControlMode.Local), (controller.State.Next, controller.Mode));
    }

    /// <summary>The lamps of a passage that is to last longer all the time.</summary>
    private static List<Lamp[]> Passage(IntersectionSignals signals, PhaseId from, PhaseId to)
    {
        var state = SignalDecider.Start(signals, 0);
        while (state.Phase != from || state.Next is not null || state.Elapsed < 60) state = SignalDecider.Advance(signals, state, from).State;
        var shown = new List<Lamp[]>();
        while (state.Phase != to && shown.Count < 100)
        {
            state = SignalDecider.Advance(signals, state, to, clears: true).State;
            if (state.Next is not null) shown.Add([.. state.Lamps]);
        }

        return shown;
    }
}
