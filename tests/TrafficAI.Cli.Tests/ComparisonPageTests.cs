using System.Text.RegularExpressions;
using System.Xml.Linq;
using TrafficAI.Cli.Report;

namespace TrafficAI.Cli.Tests;

public sealed partial class ComparisonPageTests
{
    private const string Hostile = "</td><script>alert('x')</script>&\"\u00e9";

    private static readonly double[][] Delays = [[40, 41], [20, 22], [30, 31], [35, 20]];

    [Fact]
    public void Names_of_any_characters_stay_text()
    {
        var greens = Made.Greens([new(0, 50)], [new(0, 50)], [new(0, 50)]);
        greens = greens with { Corridor = greens.Corridor with { FirstEdge = new(Hostile), Stops = [.. greens.Corridor.Stops.Select(s => s with { Intersection = new(Hostile) })] } };
        var page = ComparisonPage.Of(Made.Comparison(Delays, [1, 2], [Hostile, "b", "c", "d"], Hostile, greens)).Text;
        Assert.Equal(1, Regex.Count(page, "<script>"));
        Assert.Contains("&lt;/td&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;\u00e9", page, StringComparison.Ordinal);
        Assert.Null(WellFormed(page));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_page_is_well_formed_and_needs_nothing_else(int strategies)
    {
        var page = ComparisonPage.Of(Made.Comparison(Delays[..strategies], [1, 2])).Text;
        Assert.Null(WellFormed(page));
        Assert.DoesNotMatch("https?:|//[a-z]|@import|url\\(|src=|NaN|Infinity|\u221e", page);
        Assert.Contains("not computable", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Green along the road", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_comparisons_give_equal_pages() => Assert.Equal(
        ComparisonPage.Of(Made.Comparison(Delays, [1, 2])).Text, ComparisonPage.Of(Made.Comparison(Delays, [1, 2])).Text);

    [Fact]
    public void The_intersection_that_changes_most_stands_first_and_one_without_frames_says_so()
    {
        var rows = Row().Matches(ComparisonPage.Of(Made.Comparison(Delays, [1, 2])).Text).Select(m => m.Value).ToList();
        Assert.Contains(">centre<", rows[0], StringComparison.Ordinal);
        Assert.Contains(">4.05<", rows[0], StringComparison.Ordinal);
        Assert.Contains("<small>\u22121.95</small>", rows[0], StringComparison.Ordinal);
        Assert.Contains("not computable:<br>no frames", rows[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_lone_seed_and_equal_delays_draw_a_page() => Assert.Null(WellFormed(ComparisonPage.Of(Made.Comparison([[0], [0]], [5])).Text));

    /// <summary>What an XML parser objects to, the elements that HTML leaves open aside.</summary>
    private static string? WellFormed(string page)
    {
        try
        {
            XDocument.Parse(OpenElement().Replace(Script().Replace(page, ""), m => m.Value[..^1] + "/>"));
            return null;
        }
        catch (System.Xml.XmlException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex("<(meta|br)[^>]*>")]
    private static partial Regex OpenElement();

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<tr><td class='name'>.*</tr>")]
    private static partial Regex Row();
}
