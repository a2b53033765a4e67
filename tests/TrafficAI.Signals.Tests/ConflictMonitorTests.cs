namespace TrafficAI.Signals.Tests;

/// <summary>The monitor itself must see each kind of violation, and must not see one where there is none.</summary>
public class ConflictMonitorTests
{
    private static readonly IntersectionSignals Two = Streets.Two();

    /// <summary>One word per second, one letter per group: r y g f (flashing green) u o d.</summary>
    [Theory]
    [InlineData("rg rg ug gg", SafetyRule.ConflictingGreen, 0, 1)]
    [InlineData("rg ff", SafetyRule.ConflictingGreen, 0, 1)]
    [InlineData("gg", SafetyRule.ConflictingGreen, 0, 1)]
    [InlineData("rr gr gr gr gr yr", SafetyRule.ShortMinimumGreen, 0, -1)]
    [InlineData("rr gr gr fr fr yr", SafetyRule.ShortMinimumGreen, 0, -1)]
    [InlineData("gr yr yr yr rr rg", SafetyRule.ShortIntergreen, 0, 1)]
    [InlineData("rg ry ry ry rr gr", SafetyRule.ShortIntergreen, 1, 0)]
    [InlineData("gr yg", SafetyRule.ShortIntergreen, 0, 1)]
    [InlineData("gr yr yr rr", SafetyRule.ShortAmber, 0, -1)]
    [InlineData("gr yr gr", SafetyRule.ShortAmber, 0, -1)]
    [InlineData("gr rr", SafetyRule.ForbiddenSequence, 0, -1)]
    [InlineData("rr ry", SafetyRule.ForbiddenSequence, 1, -1)]
    [InlineData("gr ur", SafetyRule.ForbiddenSequence, 0, -1)]
    [InlineData("fr gr", SafetyRule.ForbiddenSequence, 0, -1)]
    [InlineData("ur yr", SafetyRule.ForbiddenSequence, 0, -1)]
    [InlineData("oo go", SafetyRule.ForbiddenSequence, 0, -1)]
    [InlineData("dd ud", SafetyRule.ForbiddenSequence, 0, -1)]
    [InlineData("oo yy yy rr gr", SafetyRule.ShortIntergreen, 1, 0)]
    public void It_sees_a_violation_in_the_last_second(string shown, SafetyRule rule, int groupA, int groupB)
    {
        var seen = Observe(Two, shown);
        Assert.All(seen[..^1], Assert.Null);
        Assert.Equal((rule, groupA, groupB, 100 + seen.Count - 1L), (seen[^1]!.Rule, seen[^1]!.GroupA, seen[^1]!.GroupB, seen[^1]!.Second));
    }

    [Theory]
    [InlineData("gr yr yr yr rr rr rg rg rg rg rg ry ry ry rr rr gr")]
    [InlineData("gr fr fr yr yr yr rr ru rg")]
    [InlineData("oo yy yy rr rr rr gr")]
    [InlineData("dd oo yy rr")]
    [InlineData("yr rr rg")]
    [InlineData("gr gr oo yy")]
    public void It_is_silent_where_nothing_is_wrong_or_the_past_is_unknown(string shown) => Assert.All(Observe(Two, shown), Assert.Null);

    [Theory]
    [InlineData("gr gr fr fr yr", SafetyRule.ShortFlashingGreen)]
    [InlineData("gr gr yr", SafetyRule.ShortFlashingGreen)]
    [InlineData("gr fr gr", SafetyRule.ForbiddenSequence)]
    [InlineData("fr fr yr", null)]
    [InlineData("gr fr fr fr yr", null)]
    public void It_watches_flashing_green_where_a_group_has_it(string shown, SafetyRule? rule)
    {
        var signals = Two with { Groups = [.. Two.Groups.Select(g => g with { FlashingGreenSeconds = 3 })] };
        Assert.Equal(rule, Observe(signals, shown)[^1]?.Rule);
    }

    [Fact]
    public void A_group_that_its_programme_shows_off_now_and_then_may_come_straight_to_green()
    {
        var signals = TestStreet.Signals(Streets.TwoRoads, Streets.TwoRoadsFoes, "20 Gr; 3 yr; 20 rG; 3 ry; 10 oo");
        Assert.All(Observe(signals, "oo gr"), Assert.Null);
    }

    [Fact]
    public void When_the_clock_is_set_it_forgets_nothing()
    {
        var monitor = new ConflictMonitor(Two);
        Assert.Null(monitor.Observe(1, [Lamp.Red, Lamp.Red]));
        Assert.Null(monitor.Observe(2, [Lamp.Green, Lamp.Red]));
        monitor.SetClock(1000);
        Assert.Equal((SafetyRule.ShortMinimumGreen, 1000L), Seen(monitor.Observe(1000, [Lamp.Amber, Lamp.Red])));
        monitor.SetClock(2);
        Assert.Equal((SafetyRule.ShortAmber, 2L), Seen(monitor.Observe(2, [Lamp.Red, Lamp.Green])));
    }

    [Fact]
    public void After_a_gap_it_starts_anew()
    {
        var monitor = new ConflictMonitor(Two);
        Assert.Null(monitor.Observe(1, [Lamp.Green, Lamp.Red]));
        Assert.Null(monitor.Observe(9, [Lamp.Red, Lamp.Green]));
    }

    [Fact]
    public void Pedestrians_need_no_amber_but_their_minimum_and_their_clearance()
    {
        var signals = Streets.MainRoad(ControlClass.S);
        var crossing = signals.Groups.Single(g => g.Kind == GroupKind.Pedestrian);
        var side = signals.Groups.Single(g => g.Links.Contains(3));
        var monitor = new ConflictMonitor(signals);
        Violation? seen = null;
        for (var second = 0; second < 40; second++)
        {
            var lamps = Enumerable.Repeat(Lamp.Red, signals.Groups.Length).ToArray();
            if (second is >= 1 and < 25) lamps[crossing.Index] = Lamp.Green;
            if (second >= 34) lamps[side.Index] = Lamp.Green;
            seen ??= monitor.Observe(second, [.. lamps]);
        }

        Assert.Equal((SafetyRule.ShortIntergreen, 34L, crossing.Index, side.Index), (seen!.Rule, seen.Second, seen.GroupA, seen.GroupB));
    }

    [Fact]
    public void It_wants_one_lamp_per_group()
    {
        var thrown = Assert.Throws<ArgumentException>(() => new ConflictMonitor(Two).Observe(0, [Lamp.Red]));
        Assert.Contains("1 lamps for 2 groups", thrown.Message, StringComparison.Ordinal);
    }

    private static (SafetyRule, long) Seen(Violation? violation) => (violation!.Rule, violation.Second);

    private static List<Violation?> Observe(IntersectionSignals signals, string shown)
    {
        var monitor = new ConflictMonitor(signals);
        return [.. shown.Split(' ').Select((word, second) => monitor.Observe(100 + second, [.. word.Select(LampOf)]))];
    }

    private static Lamp LampOf(char letter) => letter switch
    {
        'g' => Lamp.Green,
        'f' => Lamp.FlashingGreen,
        'y' => Lamp.Amber,
        'u' => Lamp.RedAmber,
        'o' => Lamp.FlashingAmber,
        'd' => Lamp.Dark,
        _ => Lamp.Red,
    };
}
