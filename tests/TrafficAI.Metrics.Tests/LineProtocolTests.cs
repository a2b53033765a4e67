using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace TrafficAI.Metrics.Tests;

public sealed class LineProtocolTests
{
    [Fact]
    public void A_point_is_one_line()
    {
        MetricField[] fields = [MetricField.Count("frames", 60), MetricField.Of("queue_mean_veh", 1234.5), MetricField.Flag("held", false)];
        Assert.Equal(
            "intersection,site=four-arm,intersection=a\\ b frames=60i,queue_mean_veh=1234.5,held=false 1767225600\n",
            Line(new("intersection", [("site", "four-arm"), ("strategy", ""), ("intersection", "a b")], [.. fields], 1_767_225_600)));
    }

    [Fact]
    public void Whatever_a_tag_and_a_value_are_the_line_says_them() =>
        Prop.ForAll<string?, long, double>((tag, count, number) =>
        {
            var value = double.IsFinite(number) ? number : 0;
            var line = Line(new("m", [("t", tag ?? ""), ("u", "end")], [MetricField.Count("c", count), MetricField.Of("n", value)], 5));
            var (tags, fields, time) = Read(line);
            return tags.GetValueOrDefault("t", "") == (tag ?? "") && tags["u"] == "end" && fields["c"] == $"{count.ToString(CultureInfo.InvariantCulture)}i"
                && double.Parse(fields["n"], CultureInfo.InvariantCulture).Equals(value) && time == "5\n";
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Hostile_tags_stay_in_their_line() =>
        Prop.ForAll(Gen.Elements(",= \\%\n\r\t\0\"#'aЖ\u2028".ToCharArray()).ArrayOf().Select(letters => new string(letters)).ToArbitrary(), tag =>
        {
            var line = Line(new("m", [("t", tag), ("u", "end")], [MetricField.Count("c", 1)], 5));
            return line.IndexOf('\n', StringComparison.Ordinal) == line.Length - 1 && Read(line).Tags.GetValueOrDefault("t", "") == tag;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a,b")]
    [InlineData("1a")]
    [InlineData("a\n")]
    public void Names_are_plain_words(string name)
    {
        Assert.Throws<ArgumentException>(() => MetricField.Count(name, 1));
        Assert.Throws<ArgumentException>(() => new MetricPoint(name, [], [MetricField.Count("c", 1)], 0));
        Assert.Throws<ArgumentException>(() => new MetricPoint("m", [(name, "x")], [MetricField.Count("c", 1)], 0));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_number_is_no_value(double value) => Assert.Throws<ArgumentOutOfRangeException>(() => MetricField.Of("n", value));

    private static string Line(MetricPoint point)
    {
        var to = new StringBuilder();
        LineProtocol.Append(to, point);
        return to.ToString();
    }

    /// <summary>Reads a line as InfluxDB's documentation of the protocol says, with the percent signs of ours taken back.</summary>
    private static (Dictionary<string, string> Tags, Dictionary<string, string> Fields, string Time) Read(string line)
    {
        var parts = Split(line, ' ');
        Assert.Equal(3, parts.Count);
        return (Pairs(Split(parts[0], ',').Skip(1)), Pairs(Split(parts[1], ',')), parts[2]);
    }

    private static Dictionary<string, string> Pairs(IEnumerable<string> texts) =>
        texts.Select(text => Split(text, '=')).ToDictionary(pair => pair[0], pair => Plain(pair[1]));

    private static List<string> Split(string text, char at)
    {
        var parts = new List<string> { "" };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') parts[^1] += text.Substring(i++, 2);
            else if (text[i] == at) parts.Add("");
            else parts[^1] += text[i];
        }

        return parts;
    }

    private static string Plain(string value)
    {
        var plain = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\') plain.Append(value[++i]);
            else if (value[i] == '%') (_, i) = (plain.Append((char)Convert.ToInt32(value.Substring(i + 1, 2), 16)), i + 2);
            else plain.Append(value[i]);
        }

        return plain.ToString();
    }
}
