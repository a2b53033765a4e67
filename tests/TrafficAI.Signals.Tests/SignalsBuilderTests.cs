namespace TrafficAI.Signals.Tests;

public class SignalsBuilderTests
{
    [Fact]
    public void Links_from_one_edge_whose_lamps_always_agree_are_a_group()
    {
        var signals = TestStreet.Signals(
            [new("west"), new("west"), new("east"), new("west", Crossing: true), new("nobody", Used: false), new("west")],
            [], "20 GgGGGr; 3 yyyrGr; 20 rrrrGG; 3 rrrrGy");
        Assert.Equal(["0,1", "2", "3", "4", "5"], signals.Groups.Select(g => string.Join(',', g.Links)));
        Assert.Equal(6, signals.LinkCount);
        Assert.Equal(GroupKind.Pedestrian, signals.Groups[2].Kind);
    }

    [Fact]
    public void Ways_that_meet_conflict_unless_the_programme_lets_both_go() =>
        Assert.Equal(["...F.", "..PFP", ".P.F.", "FFF.F", ".P.F."], Conflicts(Streets.MainRoad()));

    [Fact]
    public void Links_of_different_junctions_under_one_light_never_conflict() =>
        Assert.Equal(["..", ".."], Conflicts(TestStreet.Signals([new("west"), new("south", Junction: 1)], [(0, 1)], Streets.TwoRoadsProgramme)));

    [Fact]
    public void Phases_are_the_green_states_and_the_rest_is_passage()
    {
        var signals = Streets.MainRoad();
        Assert.Equal(["GgGrG", "rGrrr", "rrrGr"], signals.Phases.Select(p => p.Letters));
        Assert.Equal([9, 4, 4], new[] { (1, 2), (2, 3), (3, 1) }.Select(p => signals.Interphase(new(p.Item1), new(p.Item2)).Length));
        Assert.Equal(["GgGrr", "ygyrr", "rgrrr"], signals.Interphase(new(1), new(2)).Seconds.Select(s => s.Letters).Distinct());
        Assert.Equal("F2@30 F3@47 F1@76", Steps(signals));
    }

    [Theory]
    [InlineData("30 GrG; 3 yrG; 2 rrG; 30 rGG; 3 ryG; 2 rrG", 2)]
    [InlineData("30 GrG; 3 yrG; 8 rrG; 30 rGG; 3 ryG; 2 rrG", 3)]
    [InlineData("10 Grr; 3 yrr; 4 rGr; 3 ryr; 10 Grr; 3 yrr", 3)]
    [InlineData("90 ooo", 1)]
    [InlineData("1 ooo; 1 OOO", 1)]
    [InlineData("1 yyy; 2 rrr", 1)]
    [InlineData("30 Gry; 3 yry; 30 rGy; 3 ryy", 2)]
    [InlineData("40 GGG; 3 yyy", 1)]
    public void Counts_phases(string programme, int phases) =>
        Assert.Equal(phases, TestStreet.Signals([new("a"), new("b"), new("c")], [(0, 1)], programme).Phases.Length);

    [Fact]
    public void Pedestrians_who_end_long_before_the_vehicles_make_a_phase_of_its_own()
    {
        var links = new TestLink[] { new("a"), new("b"), new("c", 13, Crossing: true) };
        Assert.Equal(3, TestStreet.Signals(links, [(0, 1), (1, 2)], "20 GrG; 11 Grr; 3 yrr; 20 rGr; 3 ryr").Phases.Length);
        Assert.Equal(2, TestStreet.Signals(links, [(0, 1), (1, 2)], "20 GrG; 10 Grr; 3 yrr; 20 rGr; 3 ryr").Phases.Length);
    }

    [Fact]
    public void The_intergreens_of_a_site_are_the_programmes_own()
    {
        var signals = Streets.MainRoad();
        Assert.Equal(4, signals.Intergreen(1, 3)); // amber 3, red 1
        Assert.Equal(4, signals.Intergreen(3, 0));
        Assert.Equal(4, signals.Intergreen(3, 4));
        Assert.Equal(0, signals.Intergreen(0, 1));
        Assert.Equal(5, Streets.Two().Intergreen(0, 1));
    }

    /// <summary>Straight, 20 m at 50 km/h: 50/21.6 + 3.6 · 25/50 = 4.11 s. Turning, 15 m at 25 km/h: 25/21.6 + 3.6 · 20/25 = 4.04 s.
    /// On foot 13 m at 1.3 m/s: 10 s.</summary>
    [Fact]
    public void An_intergreen_that_the_programme_does_not_show_is_computed()
    {
        var signals = Streets.MainRoad();
        Assert.Equal(5, signals.Intergreen(0, 3));
        Assert.Equal(5, signals.Intergreen(1, 2));
        Assert.Equal(10, signals.Intergreen(4, 3));
    }

    [Theory]
    [InlineData(ControlClass.R, 3, 3, 10, 7, 7)]
    [InlineData(ControlClass.RPlus, 3, 3, 10, 5, 5)]
    [InlineData(ControlClass.S, 3, 5, 10, 7, 15)]
    public void A_class_brings_its_own_times(ControlClass controlClass, int amber, int vehicles, int fromCrossing, int green, int crossingGreen)
    {
        var signals = Streets.MainRoad(controlClass);
        Assert.Equal([amber, amber, amber, amber, 0], signals.Groups.Select(g => g.AmberSeconds));
        Assert.Equal([green, green, green, green, crossingGreen], signals.Groups.Select(g => g.MinimumGreenSeconds));
        Assert.Equal([crossingGreen, green, green], signals.Phases.Select(p => p.MinimumSeconds));
        Assert.Equal((vehicles, vehicles, fromCrossing), (signals.Intergreen(0, 3), signals.Intergreen(3, 4), signals.Intergreen(4, 3)));
        Assert.Equal(controlClass == ControlClass.R ? 10 : 1, signals.DecisionIntervalSeconds);
        Assert.Equal(controlClass == ControlClass.S ? 120 : null, signals.MaximumRedSeconds);
        Assert.Equal(80, signals.LocalPlan.CycleSeconds);
    }

    [Fact]
    public void The_minima_of_a_site_are_never_longer_than_what_its_programme_shows()
    {
        var signals = TestStreet.Signals(Streets.TwoRoads, Streets.TwoRoadsFoes, "4 Gr 9; 3 yr; 20 rG 9; 3 ry");
        Assert.Equal([4, 9], signals.Groups.Select(g => g.MinimumGreenSeconds));
        Assert.Equal([4, 9], signals.Phases.Select(p => p.MinimumSeconds));
    }

    [Fact]
    public void A_computed_interphase_ends_each_group_as_late_as_its_clearance_allows()
    {
        var passage = Streets.MainRoad(ControlClass.S).Interphase(new(1), new(3));
        Assert.Equal(
            ["GgGrr", "GgGrr", "GgGrr", "GgGrr", "GgGrr", "yyyrr", "yyyrr", "yyyrr", "rrrrr", "rrrrr"],
            passage.Seconds.Select(s => s.Letters));
    }

    [Fact]
    public void A_turn_that_gains_priority_starts_when_those_it_yielded_to_have_cleared() =>
        Assert.Equal(
            ["GgGrr", "GgGrr", "GgGrr", "GgGrr", "GgGrr", "Ggyrr", "Ggyrr", "ygyrr", "ygrrr", "ygrrr"],
            Streets.MainRoad(ControlClass.S).Interphase(new(1), new(2)).Seconds.Select(s => s.Letters));

    [Fact]
    public void A_class_fits_its_passages_and_minima_into_the_cycle()
    {
        var signals = TestStreet.Signals(Streets.TwoRoads, Streets.TwoRoadsFoes, "30 Gr; 3 yr; 4 rG; 3 ry", ControlClass.S);
        Assert.Equal(40, signals.LocalPlan.CycleSeconds);
        var controller = new VirtualController(signals, 0);
        var greens = new int[2];
        for (var second = 0; second < 40; second++)
        {
            controller.Step();
            for (var g = 0; g < 2; g++)
                if (controller.State.Lamps[g] == Lamp.Green) greens[g]++;
        }

        Assert.Equal([23, 7], greens);
    }

    [Fact]
    public void A_cycle_that_cannot_hold_the_minima_is_lengthened() =>
        Assert.Equal(24, TestStreet.Signals(Streets.TwoRoads, Streets.TwoRoadsFoes, "5 Gr; 3 yr; 4 rG; 3 ry", ControlClass.S).LocalPlan.CycleSeconds);

    [Fact]
    public void Fractions_of_seconds_keep_the_cycle_where_they_can()
    {
        var signals = TestStreet.Signals(Streets.TwoRoads, Streets.TwoRoadsFoes, "30.5 Gr; 3.4 yr; 22.7 rG; 3.4 ry");
        Assert.Equal(60, signals.LocalPlan.CycleSeconds);
        Assert.Equal([4, 4], new[] { signals.Interphase(new(1), new(2)).Length, signals.Interphase(new(2), new(1)).Length });
    }

    [Theory]
    [InlineData("", "it has no states")]
    [InlineData("30 Gr; 3 y", "state 2 has 1 letters, state 1 has 2")]
    [InlineData("30 Gx", "state 1 has the letter 'x'")]
    [InlineData("0 Gr", "state 1 lasts 0 ms")]
    [InlineData("30 G", "it has 1 letters for 2 links")]
    public void A_programme_that_cannot_be_used_says_where_and_why(string programme, string why)
    {
        var message = Assert.Throws<SignalsException>(() => TestStreet.Signals(Streets.TwoRoads, [], programme)).Message;
        Assert.Contains("signal 'J', programme '0': " + why, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    private static string[] Conflicts(IntersectionSignals signals) =>
        [.. signals.Groups.Select(a => string.Concat(signals.Groups.Select(b => ".PF"[(int)signals.ConflictBetween(a.Index, b.Index)])))];

    private static string Steps(IntersectionSignals signals) =>
        string.Join(' ', signals.LocalPlan.Steps.Select(step => $"{step.Phase}@{step.InterphaseStart}"));
}
