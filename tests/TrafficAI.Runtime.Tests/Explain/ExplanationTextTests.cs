using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Health;
using TrafficAI.Runtime.Explain;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests.Explain;

/// <summary>What a reader sees, on facts made by hand.</summary>
public sealed class ExplanationTextTests
{
    private static readonly Explanation Bare = Told.Moment with { Now = null };

    [Theory, InlineData("en"), InlineData("ru"), InlineData("kk")]
    public void One_decision_reads_like_this(string code)
    {
        using var golden = typeof(ExplanationTextTests).Assembly.GetManifestResourceStream($"explained.{code}.txt")!;
        using var reader = new StreamReader(golden);
        var (expected, actual) = (reader.ReadToEnd(), ExplanationText.Of(Told.Moment, Language.Of(code)!));
        var proposal = Path.Combine(AppContext.BaseDirectory, $"explained.{code}.actual");
        if (actual != expected) File.WriteAllText(proposal, actual);
        Assert.True(actual == expected, $"The words have changed. If they are better, replace explained.{code}.txt by {proposal}:\n{actual}");
    }

    [Theory]
    [InlineData(Guard.MinimumGreen, "F1", "A minimum green had not been reached, so F1 stayed; F2 was possible from 00:01:08.")]
    [InlineData(Guard.Intergreen, "F1", "had not cleared the junction, so F1 stayed; F2 was possible from 00:01:08.")]
    [InlineData(Guard.DecisionInterval, "F1", "Changes are allowed only every 10 s, so F1 stayed; F2 was possible from 00:01:08.")]
    [InlineData(Guard.Interphase, "F3", "never broken off, so F3 comes first.")]
    [InlineData(Guard.MaximumRed, "F3", "With F2, somebody would have waited longer than the longest red of 120 s; F3 has to come first.")]
    [InlineData(Guard.MaximumRed, "F1", "F1 stays until the phase that serves them may begin.")]
    [InlineData(Guard.UnknownPhase, "F1", "names no phase of this intersection, so F1 stayed.")]
    [InlineData(Guard.None, "F2", "Safety: granted; no rule stood in the way.")]
    public void The_guard_that_bound_is_told_with_what_it_changed(Guard guard, string granted, string words)
    {
        var told = Bare with { Limits = new(10, 120), Decided = Told.Decision with { Guard = guard, Granted = granted, WantedFrom = 68 } };
        Assert.Contains(words, English(told), StringComparison.Ordinal);
    }

    [Fact]
    public void What_loops_infer_is_told_with_its_doubt()
    {
        var lanes = Told.Decision.Seen.Lanes;
        var told = English(Bare with { Decided = Told.Decision with { Seen = Told.Decision.Seen with { Lanes = lanes.SetItem(0, lanes[0] with { InSightDeviation = 2.3 }) } } });
        Assert.Contains("6 in the queue, 8 ± 2 in sight", told, StringComparison.Ordinal);
        Assert.Contains("1 in the queue, 2 in sight", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_that_is_not_the_cheapest_says_why()
    {
        var told = English(Bare with { Decided = Told.Decision with { Wanted = "F1", Usual = "F1", Margin = 30 } });
        Assert.Contains("F1 serves the most vehicles per second. F2 would save only 21.2 vehicle-seconds, and that choice is left only for more than 30.", told, StringComparison.Ordinal);
        Assert.Contains("  > F1, stay", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guard_that_still_binds_is_not_told_twice()
    {
        var held = Told.Decision with { Guard = Guard.MinimumGreen, Granted = "F1" };
        var told = English(Bare with { Decided = held, Now = held with { Second = 66 } });
        Assert.Contains("At 00:01:06 itself: the same wish and the same answer.", told, StringComparison.Ordinal);
        var passage = English(Bare with { Now = Told.Decision with { Motive = Motive.Passage } });
        Assert.DoesNotContain("itself", passage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hold", "F3", "Operator aigerim holds F3 until 00:10:00: \"procession on Abay avenue\". Recommended was F1.", Motive.Operator, "Why: an operator holds F2.")]
    [InlineData("plan", null, "Operator aigerim wants the fixed plan until 00:10:00: \"procession", Motive.OperatorPlan, "Why: an operator wants the fixed plan, and it provides for F2 at this time.")]
    [InlineData("flash", null, "Operator aigerim wants flashing amber until 00:10:00", Motive.LeastCost, "Why: F2 leads to the least waiting.")]
    public void What_an_operator_ordered_stands_beside_what_was_recommended(string act, string? phase, string words, Motive motive, string why)
    {
        var order = new OverrideFacts(act, phase, "aigerim", 600, "procession on Abay avenue", "F1");
        var told = English(Bare with { Decided = Told.Decision with { Override = order, Motive = motive } });
        Assert.Contains(words, told, StringComparison.Ordinal);
        Assert.Contains(why, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Staying_is_compared_with_the_best_other_phase()
    {
        var stays = Told.Decision with { Running = "F2", Usual = "F2" };
        Assert.Contains("F2 leads to the least waiting. The best other phase, F1, would cost 21.2 more.", English(Bare with { Decided = stays }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_strategy_that_failed_a_message_that_did_not_come_and_phases_that_were_not_weighed_are_told()
    {
        var blind = Told.Decision with { Failure = "Oops: no idea", Strategy = "fixed", Motive = Motive.Plan, Blind = true, Yardstick = null };
        var told = English(Bare with { Message = Message.Missing, Decided = blind });
        Assert.Contains("No message came from the controller in this second.", told, StringComparison.Ordinal);
        Assert.Contains("The strategy had failed (Oops: no idea), so the fixed plan decided.", told, StringComparison.Ordinal);
        Assert.Contains("this was decided on what was believed", told, StringComparison.Ordinal);
        Assert.Contains("Possible at once, besides going on: F2.\nPossible later: F3 from 00:01:11.", told, StringComparison.Ordinal);
        var without = Told.Decision with { Candidates = [.. Told.Decision.Candidates.Take(2), new("F3", null, null, null, 0)] };
        Assert.Contains("Not weighed: F3.", English(Bare with { Decided = without }), StringComparison.Ordinal);
    }

    [Fact]
    public void Lost_detectors_blocked_lanes_and_the_rung_of_the_ladder_are_told()
    {
        var seen = Told.Decision.Seen with
        {
            LostDetectors = [.. Enumerable.Range(1, 6).Select(i => new LostDetectorFacts($"north_{i}/stop", DetectorCondition.Stuck, "why"))],
            BlockedLanes = ["west_1"],
        };
        var told = English(Bare with { Decided = Told.Decision with { Seen = seen, Level = ControlLevel.Profiles } });
        Assert.Contains("Some detectors are not believed: expected traffic stands in for them.", told, StringComparison.Ordinal);
        Assert.Contains("north_1/stop (stuck), north_2/stop (stuck), north_3/stop (stuck), north_4/stop (stuck), 2 more detectors", told, StringComparison.Ordinal);
        Assert.Matches("blocked +west_1", told);
    }

    [Theory, InlineData("en", "let in slowly, since the streets beyond are too full"), InlineData("ru", "впускаются медленно"), InlineData("kk", "баяу кіргізіледі")]
    public void Gates_that_hold_their_queue_are_told_in_each_language(string language, string words)
    {
        var seen = Told.Decision.Seen with { HeldGates = ["west_0", "west_1"] };
        var told = ExplanationText.Of(Bare with { Decided = Told.Decision with { Seen = seen } }, Language.Of(language)!);
        Assert.Matches($"{words}.* +west_0, west_1", told);
    }

    [Theory]
    [InlineData("en", "bus, group north +asks for priority: its waiting counts as that of 7.7 cars \\(40 persons aboard, 30 s late\\)")]
    [InlineData("ru", "автобус, группа north +просит приоритет: его ожидание считается как 7,7 легковых \\(40 человек в салоне, опаздывает на 30 с\\)")]
    [InlineData("kk", "автобус, north тобы +басымдық сұрайды: оның күтуі 7,7 жеңіл көліктікіндей есептеледі \\(салонда 40 адам, 30 с кешігіп келеді\\)")]
    public void A_bus_that_asked_is_told_in_each_language(string language, string words)
    {
        var seen = Told.Decision.Seen with { Asked = [new("north", 7.7, 40, 30), new("south", 10, null, null)] };
        var told = ExplanationText.Of(Bare with { Decided = Told.Decision with { Seen = seen } }, Language.Of(language)!);
        Assert.Matches(words, told);
        Assert.Contains("south", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ControlMode.Fault, "flash amber after a fault")]
    [InlineData(ControlMode.Off, "A person has switched the signals off")]
    [InlineData(ControlMode.Local, "running its own plan")]
    public void The_mode_of_the_controller_is_told(ControlMode mode, string words)
    {
        var told = English(Bare with { Shown = Bare.Shown! with { Mode = mode }, Decided = null, Outcome = null });
        Assert.Contains(words, told, StringComparison.Ordinal);
        Assert.DoesNotContain("Why", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timetable", "en", "By the time of day amber flashes until 05:00:00")]
    [InlineData("timetable", "ru", "По времени суток до 05:00:00 включён жёлтый мигающий")]
    [InlineData("timetable", "kk", "Тәулік уақыты бойынша 05:00:00 дейін сары жыпылықтаған сигнал")]
    [InlineData("aigerim", "en", "Operator aigerim has amber flash until 05:00:00, or it is on the way there: \"procession\"")]
    public void Who_has_amber_flash_and_until_when_is_told(string by, string language, string words)
    {
        var shown = Bare.Shown! with { Mode = ControlMode.Off, Flash = new(by, 18_000, "procession") };
        Assert.Contains(words, ExplanationText.Of(Bare with { Shown = shown, Decided = null, Outcome = null }, Language.Of(language)!), StringComparison.Ordinal);
    }

    [Fact]
    public void An_alarm_a_refused_message_old_lamps_and_an_empty_record_are_told()
    {
        var alarm = English(Bare with { Alarm = new(70, SafetyRule.ShortIntergreen, ["K1", "P2"]), Message = Message.Refused, Refusal = "it is old", Second = 81 });
        Assert.Contains("ALARM since 00:01:10: group K1 became green too soon after group P2.", alarm, StringComparison.Ordinal);
        Assert.Contains("refused: it is old.", alarm, StringComparison.Ordinal);
        Assert.Contains("these are those of 00:01:20", alarm, StringComparison.Ordinal);
        Assert.Contains("the last known lamps are those of 00:01:20", English(Bare with { Shown = null }), StringComparison.Ordinal);
        Assert.Contains("Nothing was recorded at this moment.", English(Bare with { Shown = null, LogEnds = null }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_passage_and_what_came_of_a_decision_are_told()
    {
        Assert.Contains("the passage from F1 to F2, second 3 of 6.", English(Bare with { Shown = new(80, ControlMode.Plan, "F1", "F2", 78, 3, 6, "RR") }), StringComparison.Ordinal);
        Assert.Contains("another phase came first; the passage to F3 began at 00:01:07.", English(Bare with { Outcome = new("F2", null, null, "F3", 67, 67) }), StringComparison.Ordinal);
        Assert.Contains("no other phase had been recorded by 00:04:20.", English(Bare with { Outcome = new("F2", null, null, null, null, 260) }), StringComparison.Ordinal);
        Assert.Contains("F2 was green from 00:01:05.", English(Bare with { Outcome = new("F2", 65, 65, null, null, 65) }), StringComparison.Ordinal);
    }

    private static string English(Explanation told) => ExplanationText.Of(told, Language.Of("en")!);
}
