using System.Xml.Linq;
using TrafficAI.Cli.Design;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Tests;

/// <summary>The sheet that an engineer prints: what it shows is what the controller runs, in every language.</summary>
public sealed class TimingSheetTests
{
    private static readonly Site Abay = AbaySite.Read();

    [Fact]
    public void No_word_is_missing_in_any_language()
    {
        var keys = SheetWords.All[0].Keys.Order(StringComparer.Ordinal).ToList();
        Assert.All(SheetWords.All, words => Assert.Equal(keys, words.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(["en", "kk", "ru"], SheetWords.All.Select(words => words.Code).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("ru", "Абай даңғылы × Назарбаев даңғылы")]
    [InlineData("kk", "бағдаршам болжамды, расталмаған")]
    [InlineData("en", "light inferred, not confirmed")]
    public void A_sheet_is_a_page_with_names_status_and_licence(string language, string shown)
    {
        var page = Sheet(language);
        Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.Contains("© OpenStreetMap contributors, ODbL 1.0", page, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_matrix_holds_every_intergreen()
    {
        var signals = Abay.Signals[Abay.Network.Find(new("ALA-005"))!.Index];
        var body = Sheet("en");
        var table = XElement.Parse(body[body.IndexOf("<table class=\"matrix\">", StringComparison.Ordinal)..(body.IndexOf("</table>", body.IndexOf("matrix\">", StringComparison.Ordinal), StringComparison.Ordinal) + 8)]);
        var rows = table.Elements("tr").Skip(1).Select(row => row.Elements("td").Select(cell => cell.Value.Trim('(', ')')).ToList()).ToList();
        for (var ending = 0; ending < signals.Groups.Length; ending++)
            for (var starting = 0; starting < signals.Groups.Length; starting++)
                Assert.Equal(signals.ConflictBetween(ending, starting) == Conflict.None ? "–" : $"{signals.Intergreen(ending, starting)}", rows[ending][starting]);
    }

    [Fact]
    public void The_chart_shows_each_second_of_the_plan()
    {
        foreach (var signals in Abay.Signals)
        {
            var lamps = PlanLamps.Of(signals);
            Assert.Equal(signals.LocalPlan.CycleSeconds, lamps.Length);
            Assert.All(signals.Groups, group => Assert.InRange(lamps.Count(second => second[group.Index].IsGreen()), group.MinimumGreenSeconds, lamps.Length));
        }
    }

    [Fact]
    public void A_section_is_dark_where_a_light_of_its_own_would_be_red_and_night_is_told()
    {
        var index = Abay.Network.Find(new("ALA-005"))!.Index;
        var group = Abay.Signals[index].Groups.First(g => g.Links.Contains(4));
        var file = SignalsFile.Read(System.Text.Encoding.UTF8.GetBytes($$$"""
            {"version":1,"profile":"kz","nightFlash":{"from":"01:00","to":"05:00"},
             "intersections":[{"id":"ALA-005","groups":[{"links":[{{{string.Join(',', group.Links)}}}],"lamp":"section"}]}]}
            """), "signals.json");
        var page = TimingSheet.Of(AbaySite.Read(file), [index], SheetWords.Of("en")!).Text;
        Assert.Contains("additional section, dark", page, StringComparison.Ordinal);
        Assert.Contains("class='lamp-dark'", page[..page.IndexOf("class='key'", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("flashing amber 01:00–05:00", page, StringComparison.Ordinal);
        Assert.DoesNotContain("additional section", Sheet("en"), StringComparison.Ordinal);
    }

    private static string Sheet(string language) => TimingSheet.Of(Abay, [Abay.Network.Find(new("ALA-005"))!.Index], SheetWords.Of(language)!).Text;
}
