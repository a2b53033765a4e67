using TrafficAI.Cli.Report;

namespace TrafficAI.Cli.Tests;

public sealed class HeadlineTests
{
    [Fact]
    public void A_clear_result_names_the_difference_and_its_interval() => Assert.Equal(
        "b: 21.0 s mean delay, 19.0 s less than a (95 % interval 16.5 to 21.5), 3 seeds",
        Headline.Of(Made.Comparison([[40, 41, 39], [20, 22, 21]], [11, 12, 13])));

    [Fact]
    public void An_interval_over_zero_is_no_clear_difference() => Assert.Equal(
        "b: 39.5 s mean delay, no clear difference to a: 0.5 s less (95 % interval \u221237.6 to +38.6), 2 seeds",
        Headline.Of(Made.Comparison([[40, 40], [42.5, 36.5]], [1, 2])));

    [Fact]
    public void When_the_reference_is_best_it_is_held_against_the_next() => Assert.StartsWith(
        "a: 40.0 s mean delay, 10.0 s less than c (95 % interval 10.0 to 10.0), 2 seeds",
        Headline.Of(Made.Comparison([[40, 40], [60, 60], [50, 50]], [1, 2])), StringComparison.Ordinal);

    [Fact]
    public void One_seed_has_no_interval() => Assert.Equal(
        "b: 20.0 s mean delay, 20.0 s less than a (no interval from a single seed), 1 seed", Headline.Of(Made.Comparison([[40], [20]], [7])));

    [Theory]
    [InlineData(new long[] { 1, 2, 3 }, "are the tuning seeds", "One seed")]
    [InlineData(new long[] { 11, 12 }, "Only 2 seeds", "tuning seeds")]
    [InlineData(new long[] { 11 }, "One seed gives no confidence interval", "tuning seeds")]
    [InlineData(new long[] { 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 }, "Some of these are tuning seeds", "Only")]
    public void Weak_seeds_are_warned_of(long[] seeds, string said, string notSaid)
    {
        var warnings = string.Join(' ', Warnings.Of(Made.Comparison([[.. seeds.Select(_ => 40.0)]], seeds)));
        Assert.Contains(said, warnings, StringComparison.Ordinal);
        Assert.DoesNotContain(notSaid, warnings, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_fresh_seeds_without_a_jam_need_no_warning() =>
        Assert.Empty(Warnings.Of(Made.Comparison([[.. Enumerable.Repeat(40.0, 10)]], [.. Enumerable.Range(11, 10).Select(i => (long)i)])));

    [Fact]
    public void A_jam_is_told() => Assert.Contains(
        Warnings.Of(Made.Comparison([[40, 40, 40], [20, 20, 300]], [11, 12, 13])), w => w.StartsWith("b locked up on 1 of 3 seeds", StringComparison.Ordinal));
}
