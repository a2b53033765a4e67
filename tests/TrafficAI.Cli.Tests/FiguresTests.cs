using TrafficAI.Cli.Report;

namespace TrafficAI.Cli.Tests;

public sealed class FiguresTests
{
    [Fact]
    public void Vehicles_fall_into_bins_by_schedule_and_an_empty_bin_has_no_delay()
    {
        var bins = DelayBin.Of([new(100, 5), new(399.9, 7), new(400, 9), new(1050, 3)], 100, 1100);
        Assert.Equal([new DelayBin(100, 2, 6), new DelayBin(400, 1, 9), new DelayBin(700, 0, null), new DelayBin(1000, 1, 3)], bins);
    }

    [Fact]
    public void Percentiles_are_those_of_all_seeds_together()
    {
        var row = Made.Comparison([[1, 2, 3, 4, 5]], [1, 2, 3, 4, 5]).Reference;
        Assert.Equal(101, row.DelayPercentilesS.Length);
        Assert.Equal((1.0, 3.0, 5.0), (row.DelayPercentilesS[0], row.DelayPercentilesS[50], row.DelayPercentilesS[100]));
    }

    [Theory]
    [InlineData(new long[] { 7 }, "7")]
    [InlineData(new long[] { 1, 2, 3, 5, 8, 9 }, "1\u20133, 5, 8, 9")]
    public void Seeds_are_written_as_ranges(long[] seeds, string text) => Assert.Equal(text, Words.Seeds(seeds));

    [Theory]
    [InlineData(-0.04, "0.0")]
    [InlineData(-1.26, "\u22121.3")]
    [InlineData(1.26, "+1.3")]
    public void What_rounds_to_nothing_has_no_sign(double value, string text) => Assert.Equal(text, Words.WithSign(value));

    [Theory]
    [InlineData("R+", "R+")]
    [InlineData("my street", "'my street'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("", "''")]
    public void A_shell_reads_a_quoted_word_back(string word, string quoted) => Assert.Equal(quoted, ShellWords.Quote(word));

    [Theory]
    [InlineData(0, 81, 5, new[] { 0.0, 20, 40, 60, 80, 100 })]
    [InlineData(0, 0.9, 4, new[] { 0, 0.5, 1 })]
    [InlineData(41.2, 43.7, 5, new[] { 41, 41.5, 42, 42.5, 43, 43.5, 44 })]
    [InlineData(7, 7, 4, new[] { 7.0, 7.5, 8 })]
    public void Axes_have_round_ends_and_ticks(double least, double most, int ticks, double[] expected)
    {
        var axis = Axis.Around(least, most, ticks, 0, 100);
        Assert.True(axis.Least <= least && axis.Most >= most);
        Assert.Equal(expected.First(), axis.Least, 1e-9);
        Assert.Equal(expected.Last(), axis.Most, 1e-9);
        Assert.Equal(100, axis.At(axis.Most));
    }
}
