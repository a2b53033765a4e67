using FsCheck;
using FsCheck.Fluent;
using static TrafficAI.Signals.Tests.Watch;

namespace TrafficAI.Signals.Tests;

/// <summary>What a countdown board has shown comes true.</summary>
public sealed class CountdownTests
{
    private static readonly IntersectionSignals Board = Streets.MainRoad(ControlClass.Site, SignalProfile.Kz with { CountdownSeconds = 6 });

    /// <summary>As without boards, but that the passage begins 3 s earlier: of 6 s that are counted 3 flash.</summary>
    [Fact]
    public void A_passage_begins_with_the_first_second_that_a_board_counts()
    {
        var (without, with) = (Streets.MainRoad(ControlClass.Site, SignalProfile.Kz).Interphase(new(1), new(3)), Board.Interphase(new(1), new(3)));
        Assert.Equal(without.Length + 3, with.Length);
        Assert.Equal(without.Seconds.Select(s => s.Letters), with.Seconds.Skip(3).Select(s => s.Letters));
        Assert.All(with.Seconds.Take(3), second => Assert.True(second.Lamps[0].IsGreen()));
        Assert.Equal(Streets.MainRoad(ControlClass.Site, SignalProfile.Kz).LocalPlan.CycleSeconds, Board.LocalPlan.CycleSeconds);
    }

    [Fact]
    public void Green_and_red_are_counted_down_to_one()
    {
        var state = SignalDecider.Start(Board, 0);
        while (state.Phase != new PhaseId(1) || state.Next is not null) state = SignalDecider.Advance(Board, state, new(1)).State;
        var (green, red) = (new List<int?>(), new List<int?>());
        do
        {
            state = SignalDecider.Advance(Board, state, new(3)).State;
            green.Add(Countdown.SecondsLeft(Board, state, 0));
            red.Add(Countdown.SecondsLeft(Board, state, 3));
        }
        while (state.Phase != new PhaseId(3));

        Assert.Equal([6, 5, 4, 3, 2, 1], green.OfType<int>());
        Assert.Equal(Enumerable.Range(1, Board.Interphase(new(1), new(3)).Length).Reverse(), red.OfType<int>());
    }

    [Fact]
    public void Without_a_board_nothing_is_counted()
    {
        var signals = Streets.MainRoad(ControlClass.Site, SignalProfile.Kz);
        foreach (var state in Run(signals, 0, 200, second => new((int)(second / 20 % 3) + 1)))
            Assert.All(signals.Groups, group => Assert.Null(Countdown.SecondsLeft(signals, state, group.Index)));
    }

    [Theory]
    [InlineData(ControlClass.Site, false)]
    [InlineData(ControlClass.Site, true)]
    [InlineData(ControlClass.RPlus, false)]
    [InlineData(ControlClass.R, true)]
    [InlineData(ControlClass.S, true)]
    public void No_wish_changes_a_light_against_its_board_or_breaks_safety(ControlClass controlClass, bool kz) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var chance = new Chance(seed);
            var street = RandomStreet.Sensible(seed);
            var profile = (kz ? SignalProfile.Kz : SignalProfile.OfProgramme) with { CountdownSeconds = chance.Between(1, 12) };
            var signals = SignalsBuilder.Build(street.Network, street.Intersection, controlClass, profile);
            var restlessness = chance.Between(1, 30);
            var wish = new PhaseId(1);
            var shown = Run(signals, 0, 400, _ => chance.OneIn(restlessness) ? wish = new(chance.Between(1, signals.Phases.Length)) : wish);
            var faults = signals.Groups.Select(group => BrokenPromise(signals, shown, group.Index, everyEnd: signals.Phases.Length > 1 && (kz || controlClass != ControlClass.Site)))
                .Prepend(Fault(signals, [.. shown.Select(state => state.Lamps)])).OfType<string>();
            Assert.Equal([], faults);
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    /// <param name="everyEnd">Passages are computed: each end of a green has been counted.</param>
    private static string? BrokenPromise(IntersectionSignals signals, List<SignalState> shown, int group, bool everyEnd)
    {
        for (var at = 0; at < shown.Count; at++)
        {
            var isGreen = shown[at].Lamps[group].IsGreen();
            var left = Countdown.SecondsLeft(signals, shown[at], group);
            for (var later = 1; later <= left && at + later < shown.Count; later++)
                if (shown[at + later].Lamps[group].IsGreen() == isGreen != later < left) return $"group {group + 1}: {left} s at {shown[at].Second}, not so {later} s later";
            if (everyEnd && at + 1 < shown.Count && isGreen && !shown[at + 1].Lamps[group].IsGreen() && left != 1) return $"group {group + 1}: the end of green at {shown[at].Second} was not counted";
        }

        return null;
    }

    private static List<SignalState> Run(IntersectionSignals signals, long begin, int seconds, Func<long, PhaseId> wish)
    {
        var states = new List<SignalState> { SignalDecider.Start(signals, begin) };
        for (var i = 0; i < seconds; i++) states.Add(SignalDecider.Advance(signals, states[^1], wish(states[^1].Second + 1)).State);
        return states;
    }
}
