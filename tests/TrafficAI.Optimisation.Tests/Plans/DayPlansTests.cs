using System.Collections.Immutable;
using System.Text;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests.Plans;

public sealed class DayPlansTests
{
    private const int Quarter = CountedInterval.LengthSeconds;

    [Fact]
    public void A_day_that_stays_the_same_has_one_part() =>
        Assert.Single(DaySegmentation.Split([.. Enumerable.Range(0, 96).Select(q => Counted(q, 100 + q % 7, 40))]));

    [Fact]
    public void A_morning_peak_is_found_where_it_is()
    {
        var parts = DaySegmentation.Split([.. Enumerable.Range(0, 96).Select(q => q is >= 28 and < 38 ? Counted(q, 220, 60) : Counted(q, 80, 60))]);
        Assert.Equal([0, 28, 38], parts.Select(p => p[0].From / Quarter));
        Assert.Equal(96, parts.Sum(p => p.Length));
    }

    [Fact]
    public void An_hour_is_one_part_however_it_varies() =>
        Assert.Single(DaySegmentation.Split([Counted(28, 10, 10), Counted(29, 500, 10), Counted(30, 10, 500), Counted(31, 90, 90)]));

    [Fact]
    public void The_plan_in_force_is_that_of_the_time_of_day()
    {
        var plans = FourArm.Planned.Plans!;
        Assert.Equal([36_000, 43_200], plans.Segments.Select(s => s.From));
        Assert.Same(plans.Segments[1], plans.At(0)); // before the first part the last one holds
        Assert.Same(plans.Segments[0], plans.At(36_000));
        Assert.Same(plans.Segments[0], plans.At(43_199));
        Assert.Same(plans.Segments[1], plans.At(43_200));
        Assert.Same(plans.Segments[0], plans.At(86_400 + 40_000));
        Assert.True(plans.Segments[1].Webster.CycleSeconds > plans.Segments[0].Webster.CycleSeconds);
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        var planned = Planned();
        var read = PlansFile.Read(Written(planned), "plans.json");
        var plans = read.GiveTo([FourArm.Model])[0].Plans!;
        Assert.Equal(ControlClass.Site, read.Class);
        Assert.Equal("counted in run.db", read.Provenance);
        foreach (var (expected, found) in planned.Select(p => p.Segment).Zip(plans.Segments, (a, b) => (a, b)))
        {
            Assert.Equal(expected.Webster.Steps, found.Webster.Steps);
            Assert.Equal((expected.From, expected.Webster.CycleSeconds), (found.From, found.Webster.CycleSeconds));
            Assert.Equal(expected.Actuated, found.Actuated);
            Assert.Equal(expected.Tuc.LeastSeconds, found.Tuc.LeastSeconds);
            Assert.All(expected.Tuc.SecondsPerVehicle.Zip(found.Tuc.SecondsPerVehicle), pair => Assert.Equal(pair.First, pair.Second, 0.001));
        }
    }

    [Theory]
    [InlineData("\"version\": 1", "\"version\": 2", "plans.json: $.version: 2 is out of range. Give 1 to 1.")]
    [InlineData("\"class\": \"site\"", "\"class\": \"R\"", "plans.json: $.class: there are no plans for class 'R'. Use site, R+ or S.")]
    [InlineData("\"from\": 36000", "\"from\": 50000", "plans.json: $.intersections[0].segments[1]: it begins no later than the one before it. Order them by their begin.")]
    [InlineData("\"start\": 0", "\"start\": 90000", "plans.json: $.intersections[0].segments[0].webster.steps[0].start: 90000 is out of range.")]
    [InlineData("\"maximum\"", "\"longest\"", "plans.json: $.intersections[0].segments[0].actuated[0]: it has the member 'longest', which nobody reads.")]
    public void What_is_wrong_is_told_in_one_line_with_its_place(string good, string bad, string message)
    {
        var error = Assert.Throws<SignalsException>(() => PlansFile.Read(Encoding.UTF8.GetBytes(ReplaceFirst(Encoding.UTF8.GetString(Written(Planned())), good, bad)), "plans.json"));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("\"id\": \"centre\"", "\"id\": \"elsewhere\"", "plans.json: $.intersections: there are no plans for 'centre'.")]
    [InlineData("\"class\": \"site\"", "\"class\": \"S\"", "plans.json: $.class: these plans are for other constraints than those of the run.")]
    [InlineData("\"phase\": 4", "\"phase\": 5", "plans.json: $.intersections[0].segments[0]: it does not fit the phases and lanes of 'centre'.")]
    public void Plans_of_another_place_or_class_are_refused(string good, string bad, string message)
    {
        var file = PlansFile.Read(Encoding.UTF8.GetBytes(ReplaceFirst(Encoding.UTF8.GetString(Written(Planned())), good, bad)), "plans.json");
        Assert.StartsWith(message, Assert.Throws<SignalsException>(() => file.GiveTo([FourArm.Model])).Message, StringComparison.Ordinal);
    }

    private static CountedInterval Counted(int quarter, params double[] vehicles) => new(quarter * Quarter, Quarter, [.. vehicles]);

    private static ImmutableArray<PlannedSegment> Planned() => DayPlanner.Compute(FourArm.Model, FourArm.Counts);

    private static byte[] Written(ImmutableArray<PlannedSegment> planned) =>
        PlansFileWriter.Write("site", "counted in run.db", [(FourArm.Model, planned)], (_, lane) => $"lane {lane}");

    private static string ReplaceFirst(string text, string old, string by)
    {
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + by + text[(at + old.Length)..];
    }
}
