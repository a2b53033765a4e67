namespace TrafficAI.Signals.Tests;

public class SignalDeciderTests
{
    /// <summary>Cycle 60: F1 0 to 30, passage to F2 30 to 35, F2 35 to 55, passage to F1 55 to 60.</summary>
    private static readonly IntersectionSignals Two = Streets.Two();

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(29, 1, 0, 30)]
    [InlineData(30, 1, 2, 1)]
    [InlineData(34, 1, 2, 5)]
    [InlineData(35, 2, 0, 1)]
    [InlineData(59, 2, 1, 5)]
    [InlineData(600, 1, 0, 1)]
    [InlineData(-1, 2, 1, 5)]
    public void Start_is_the_plans_second(int second, int phase, int next, int elapsed)
    {
        var state = SignalDecider.Start(Two, second);
        Assert.Equal(
            (second, phase, next, elapsed, 0),
            (state.Second, state.Phase.Number, state.Next?.Number ?? 0, state.Elapsed, state.LampSequence));
    }

    [Fact]
    public void Start_knows_the_age_of_each_lamp()
    {
        Assert.Equal([10, 12], SignalDecider.Start(Two, 9).LampSeconds);
        Assert.Equal([2, 34], SignalDecider.Start(Two, 31).LampSeconds);
    }

    [Fact]
    public void A_wish_is_granted_at_once_when_nothing_binds()
    {
        var step = SignalDecider.Advance(Two, SignalDecider.Start(Two, 10), new(2));
        Assert.Equal((Guard.None, new PhaseId(1), new PhaseId(2), 1), (step.Bound, step.State.Phase, step.State.Next, step.State.Elapsed));
        Assert.Equal([Lamp.Amber, Lamp.Red], step.State.Lamps);
        Assert.Equal([1, 14], step.State.LampSeconds);
        Assert.Equal(1, step.State.LampSequence);
    }

    [Fact]
    public void Each_guard_says_its_name()
    {
        Assert.Equal(Guard.MinimumGreen, SignalDecider.Advance(Two, SignalDecider.Start(Two, 3), new(2)).Bound);
        Assert.Equal(Guard.None, SignalDecider.Advance(Two, SignalDecider.Start(Two, 4), new(2)).Bound);
        Assert.Equal(Guard.Interphase, SignalDecider.Advance(Two, SignalDecider.Start(Two, 31), new(1)).Bound);
        Assert.Equal(Guard.UnknownPhase, SignalDecider.Advance(Two, SignalDecider.Start(Two, 10), new(3)).Bound);
        Assert.Equal(Guard.UnknownPhase, SignalDecider.Advance(Two, SignalDecider.Start(Two, 10), new(int.MinValue)).Bound);
        var r = Streets.Two(ControlClass.R);
        Assert.Equal(Guard.DecisionInterval, SignalDecider.Advance(r, SignalDecider.Start(r, 15), new(2)).Bound);
        Assert.Equal(Guard.None, SignalDecider.Advance(r, SignalDecider.Start(r, 19), new(2)).Bound);
        var s = Streets.Two(ControlClass.S);
        var state = SignalDecider.Start(s, 10);
        while (state.Second < 1000 && SignalDecider.Advance(s, state, state.Phase) is { Bound: Guard.None } held) state = held.State;
        var taken = SignalDecider.Advance(s, state, state.Phase);
        Assert.Equal((Guard.MaximumRed, new PhaseId(2)), (taken.Bound, taken.State.Target));
        Assert.Equal(120 - 5, state.LampSeconds[1]);
    }

    [Fact]
    public void The_earliest_change_counts_minimum_interphase_and_interval()
    {
        Assert.Equal(5, SignalDecider.EarliestChange(Two, SignalDecider.Start(Two, 1), new(2)));
        Assert.Equal(2, SignalDecider.EarliestChange(Two, SignalDecider.Start(Two, 1), new(1)));
        Assert.Equal(40, SignalDecider.EarliestChange(Two, SignalDecider.Start(Two, 30), new(1)));
        Assert.Equal(31, SignalDecider.EarliestChange(Two, SignalDecider.Start(Two, 30), new(2)));
        Assert.Equal(long.MaxValue, SignalDecider.EarliestChange(Two, SignalDecider.Start(Two, 30), new(0)));
        var r = Streets.Two(ControlClass.R);
        Assert.Equal(20, SignalDecider.EarliestChange(r, SignalDecider.Start(r, 12), new(2)));
    }

    [Fact]
    public void A_passage_in_which_nothing_ends_takes_no_time()
    {
        var signals = TestStreet.Signals([new("a"), new("b"), new("c")], [(1, 2)], "20 Grr; 20 GGr; 3 Gyr; 20 GrG; 3 yry");
        var state = SignalDecider.Advance(signals, SignalDecider.Start(signals, 10), new(2)).State;
        Assert.Equal((new PhaseId(2), null, 1), (state.Phase, state.Next, state.Elapsed));
        Assert.Equal([Lamp.Green, Lamp.Green, Lamp.Red], state.Lamps);
    }

    [Fact]
    public void A_group_that_ended_two_passages_ago_must_have_cleared()
    {
        // The crossing of 26 m ends with F1; nothing in F2 meets it, F3 does: 20 s after its end, though F2 needs but 5 s.
        var links = new TestLink[] { new("a", 26, Crossing: true), new("b"), new("c") };
        var signals = TestStreet.Signals(links, [(0, 2), (1, 2)], "20 Grr; 20 rGr; 3 ryr; 20 rrG; 3 rry", ControlClass.RPlus);
        var state = SignalDecider.Start(signals, 0);
        while ((state.Phase.Number != 2 || state.Next is not null) && state.Second < 1000)
            state = SignalDecider.Advance(signals, state, new(state.Phase.Number == 1 ? 2 : 1)).State;
        var ended = state.Second;
        var guards = new List<Guard>();
        while (!state.Lamps[2].IsGreen() && state.Second < 1000)
        {
            var step = SignalDecider.Advance(signals, state, new(3));
            guards.Add(step.Bound);
            state = step.State;
        }

        Assert.Equal(ended + 20, state.Second);
        Assert.Contains(Guard.Intergreen, guards);
    }

    [Fact]
    public void A_single_phase_repeats_with_its_programme_whatever_is_wanted()
    {
        var signals = TestStreet.Signals([new("a")], [], "5 G; 3 y; 2 r");
        var state = SignalDecider.Start(signals, -1);
        var letters = "";
        for (var i = 0; i < 20; i++)
        {
            state = SignalDecider.Advance(signals, state, new(i)).State;
            letters += state.Lamps[0] switch { Lamp.Green => "G", Lamp.Amber => "y", _ => "r" };
        }

        Assert.Equal("GGGGGyyyrrGGGGGyyyrr", letters);
    }
}
