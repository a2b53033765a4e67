using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace TrafficAI.Signals.Tests;

public class MaximumRedTests(ITestOutputHelper output)
{
    /// <summary>The side road: 2 s all red after its amber, F2 7 s, nothing between F2 and F1, F1 15 s for the crossing, 10 s passage. The main
    /// road: F2 7 s from the end of its amber on, passage 5 s, F3 7 s, passage 5 s.</summary>
    [Theory]
    [InlineData(3, 34)]
    [InlineData(0, 24)]
    public void The_longest_wait_is_that_of_the_worst_order(int group, int seconds) =>
        Assert.Equal(seconds, MaximumRedFit.LongestWaitSeconds(Streets.MainRoad(ControlClass.S), group));

    [Fact]
    public void What_fits_is_kept_whatever_is_wanted_and_whoever_calls() => ForAnySeed(seed =>
    {
        var signals = AtItsLimit(seed, 0, detectors: true);
        if (signals is null) return;
        var longest = LongestWait(signals, seed, 1500);
        Assert.True(longest <= signals.MaximumRedSeconds, $"seed {seed}: waited {longest} s of {signals.MaximumRedSeconds} s");
    });

    [Fact]
    public void What_fits_is_kept_whatever_is_wanted() => ForAnySeed(seed =>
    {
        var signals = AtItsLimit(seed, 0);
        if (signals is null) return;
        var longest = LongestWait(signals, seed, 1500, withCalls: false);
        Assert.True(longest <= signals.MaximumRedSeconds, $"seed {seed}: waited {longest} s of {signals.MaximumRedSeconds} s");
    });

    [Fact]
    public void What_does_not_fit_is_exceeded_by_no_more_than_the_objection_says() => ForAnySeed(seed =>
    {
        var less = new Chance(seed).Between(1, 60);
        var signals = AtItsLimit(seed, -less);
        if (signals is null) return;
        var longest = LongestWait(signals, seed, 1000, withCalls: false);
        Assert.True(longest <= signals.MaximumRedSeconds + less, $"seed {seed}: waited {longest} s of {signals.MaximumRedSeconds} s + {less} s");
    });

    [Fact]
    public void What_does_not_fit_is_refused_in_one_line_that_says_what_next()
    {
        var signals = Streets.MainRoad(ControlClass.S);
        Assert.Null(MaximumRedFit.Objection(signals));
        Assert.Null(MaximumRedFit.Objection(Streets.MainRoad()));
        var objection = MaximumRedFit.Objection(signals with { MaximumRedSeconds = 30 });
        Assert.StartsWith("signal 'J': group 4 may wait 34 s, 4 s over the maximum red of 30 s", objection, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', objection!);
    }

    /// <summary>A limit one second below the bound is broken by random wishes at many streets: the bound is not far off.</summary>
    [Fact]
    public void The_bound_is_reached_at_many_streets()
    {
        var (streets, broken) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            if (AtItsLimit(seed, -1) is not { } signals) continue;
            streets++;
            if (LongestWait(signals, seed, 3000, withCalls: false) > signals.MaximumRedSeconds) broken++;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{broken} of {streets}"));
        Assert.True(broken > streets / 3, $"{broken} of {streets}");
    }

    [Fact]
    public void Where_a_round_cannot_fit_the_phases_take_turns_at_their_minima()
    {
        var signals = Streets.MainRoad(ControlClass.S) with { MaximumRedSeconds = 20 };
        var state = SignalDecider.Start(signals, 0);
        var greens = new int[signals.Groups.Length];
        for (var i = 0; i < 400; i++)
        {
            state = SignalDecider.Advance(signals, state, new(1)).State;
            if (i < 100) continue;
            Assert.True(state.Next is not null || state.Elapsed <= signals.Phase(state.Phase).MinimumSeconds);
            foreach (var group in signals.Groups)
                if (state.Lamps[group.Index].IsGreen()) greens[group.Index]++;
        }

        Assert.All(greens, seconds => Assert.True(seconds > 50));
    }

    [Fact]
    public void A_group_whose_healthy_detector_sees_nobody_may_stay_red()
    {
        var signals = Streets.Two(ControlClass.S);
        Assert.Equal(Guard.None, LastBound(signals, new([Calls.FromRed, Calls.Nobody])));
        Assert.Equal(Guard.MaximumRed, LastBound(signals, new([Calls.Nobody, Calls.FromRed])));
        Assert.Equal(Guard.MaximumRed, LastBound(signals, default));

        static Guard LastBound(IntersectionSignals signals, Calls calls)
        {
            var state = SignalDecider.Start(signals, 0);
            var bound = Guard.None;
            for (var i = 0; i < 500 && bound == Guard.None; i++) (state, bound) = SignalDecider.Advance(signals, state, new(1), calls);
            return bound;
        }
    }

    /// <summary>The call comes 300 s into the red; the wait counts from there, and nobody else can make it longer.</summary>
    [Fact]
    public void The_maximum_red_runs_from_the_first_call()
    {
        var signals = Streets.Two(ControlClass.S);
        var state = SignalDecider.Start(signals, 0);
        while (!state.Lamps[1].IsGreen() && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(2)).State;
        while (state.Lamps[1] != Lamp.Red && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(1)).State;
        var call = state.Second + 300;
        while (!state.Lamps[1].IsGreen() && state.Second < 2000)
            state = SignalDecider.Advance(signals, state, new(1), new([Calls.FromRed, state.Second >= call ? call : Calls.Nobody])).State;
        Assert.Equal(120, state.Second - call);
    }

    /// <summary>F1 holds, F2 serves c, F3 b; c has been red for longer than b, but who called first is served first.</summary>
    [Theory]
    [InlineData(10, 20, 3)]
    [InlineData(20, 10, 2)]
    public void Who_called_first_is_served_first(int callOfB, int callOfC, int phase)
    {
        var signals = TestStreet.Signals(
            [new("a"), new("b"), new("c")], [(0, 1), (0, 2), (1, 2)], "20 Grr; 3 yrr; 20 rrG; 3 rry; 20 rGr; 3 ryr", ControlClass.S);
        var state = SignalDecider.Start(signals, 0);
        while (state.Phase.Number != 3 && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(3)).State;
        while ((state.Phase.Number != 1 || state.Next is not null) && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(1)).State;
        Assert.True(state.LampSeconds[2] > state.LampSeconds[1]);
        var calls = new Calls([Calls.FromRed, state.Second + callOfB, state.Second + callOfC]);
        while (state.Target.Number == 1 && state.Second < 1000) state = SignalDecider.Advance(signals, state, new(1), calls).State;
        Assert.Equal(phase, state.Target.Number);
    }

    [Fact]
    public void Calls_of_another_intersection_are_refused() =>
        Assert.Throws<ArgumentException>(() => SignalDecider.Advance(Streets.Two(), SignalDecider.Start(Streets.Two(), 0), new(1), new([1L])));

    /// <summary>A street whose maximum red is its bound and so much more; null where nobody ever waits.</summary>
    private static IntersectionSignals? AtItsLimit(int seed, int more, bool detectors = false)
    {
        var street = RandomStreet.Sensible(seed);
        var controlClass = new Chance(seed).OneIn(3) ? ControlClass.RPlus : ControlClass.S;
        var signals = SignalsBuilder.Build(
            street.Network, street.Intersection, controlClass, seed % 3 == 0 ? SignalProfile.Kz : SignalProfile.OfProgramme);
        var bound = signals.Groups.Max(group => MaximumRedFit.LongestWaitSeconds(signals, group.Index, detectors));
        return bound + more <= 0 || signals.Phases.Length < 2 ? null : signals with { MaximumRedSeconds = bound + more };
    }

    /// <summary>The longest time that somebody waited, from red or from the first call.</summary>
    private static long LongestWait(IntersectionSignals signals, int seed, int seconds, bool withCalls = true)
    {
        var chance = new Chance(seed);
        var clearing = new Chance(~seed);
        var restlessness = new[] { 1, 3, 10, 40, 200 }[chance.Below(5)];
        var detectors = signals.Groups.Select(_ => withCalls && chance.OneIn(2)).ToArray();
        var callOnce = chance.Between(1, 60);
        var first = new long[signals.Groups.Length];
        var state = Settled(signals);
        for (var group = 0; group < first.Length; group++)
            first[group] = detectors[group] ? Calls.Nobody : Calls.FromRed;
        var wish = new PhaseId(1);
        var longest = 0L;
        for (var i = 0; i < seconds; i++)
        {
            if (chance.OneIn(restlessness)) wish = new(chance.Between(1, signals.Phases.Length));
            state = SignalDecider.Advance(signals, state, wish, withCalls ? new([.. first]) : default, clears: !clearing.OneIn(4)).State;
            for (var group = 0; group < first.Length; group++)
            {
                var red = state.Lamps[group] is Lamp.Red or Lamp.RedAmber && signals.Phases.Any(p => p.Green[group]);
                if (!red) first[group] = detectors[group] ? Calls.Nobody : Calls.FromRed;
                else if (detectors[group] && first[group] == Calls.Nobody && chance.OneIn(callOnce)) first[group] = state.Second;
                var since = Math.Max(state.Second + 1 - RedSeconds(state, group), first[group]);
                if (red && first[group] != Calls.Nobody) longest = Math.Max(longest, state.Second + 1 - since);
            }
        }

        return longest;
    }

    private static int RedSeconds(SignalState state, int group) => state.LampSeconds[group] + (state.Lamps[group] == Lamp.RedAmber ? 2 : 0);

    /// <summary>All phases have taken turns at their minima: the plan itself may be longer than the limit.</summary>
    private static SignalState Settled(IntersectionSignals signals)
    {
        var turns = signals with { MaximumRedSeconds = 1 };
        var state = SignalDecider.Start(signals, 0);
        for (var i = 0; i < 1000; i++) state = SignalDecider.Advance(turns, state, new(1)).State;
        return state;
    }

    private static void ForAnySeed(Action<int> check) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            check(seed);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
