using System.Text;
using System.Text.Json;

namespace TrafficAI.Dashboard.Tests;

/// <summary>Measures on screen, on paper and in files.</summary>
public sealed class ReportTests(Browser browser) : DashboardTest(browser)
{
    [Fact]
    public async Task What_cannot_be_computed_says_what_is_missing()
    {
        await using var visit = await OpenAsync("reports");
        await visit.Page.GetByText("not computable: missing push buttons").First.WaitForAsync();
        Assert.Contains("98 %", await visit.Page.Locator(".report").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_hold_the_figures_of_the_screen()
    {
        await using var visit = await OpenAsync("reports");
        await visit.SeeAsync("reports.coverage");
        var csv = await ReadAsync(visit, "#download-csv");
        Assert.StartsWith("intersection,measure,value,unit,coverage,missing\r\n", csv, StringComparison.Ordinal);
        Assert.Contains(",pedestrian_delay,,seconds,0,pedestrian-calls\r\n", csv, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await ReadAsync(visit, "#download-json"));
        Assert.Equal("trafficai.kpi.v1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(24, json.RootElement.GetProperty("intersections").GetArrayLength());
    }

    [Fact]
    public async Task Bad_times_are_refused_in_words()
    {
        await using var visit = await OpenAsync("reports");
        await visit.SeeAsync("reports.coverage");
        await visit.Page.Locator("#report-from").FillAsync("09:00");
        await visit.Page.Locator("#report-to").FillAsync("08:00");
        await visit.Button("reports.show").ClickAsync();
        await visit.SeeAsync("reports.bad-span");
    }

    [Fact]
    public async Task Paper_has_the_report_alone()
    {
        await using var visit = await OpenAsync("reports");
        await visit.SeeAsync("reports.coverage");
        await visit.Page.EmulateMediaAsync(new() { Media = Microsoft.Playwright.Media.Print });
        Assert.False(await visit.Page.Locator(".header").IsVisibleAsync());
        Assert.False(await visit.Page.Locator("#download-csv").IsVisibleAsync());
        Assert.True(await visit.Page.Locator(".report").IsVisibleAsync());
        Assert.Contains("Fixture city", await visit.Page.Locator(".masthead").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("+fixture", await visit.Page.Locator(".masthead").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(await visit.Page.Locator(".report tbody tr").CountAsync(), await visit.Page.Locator(".method-pages dt:visible").CountAsync());
        var paper = await visit.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.InRange(Encoding.Latin1.GetString(paper).Split("/Type /Page\n").Length - 1, 2, 5);
    }

    [Fact]
    public async Task A_what_if_that_can_be_relied_on_is_reported_with_its_interval()
    {
        await using var visit = await OpenAsync("replay", "engineer");
        await visit.Button("whatif.start").ClickAsync();
        await visit.SeeAsync("whatif.difference");
        await visit.GoAsync("reports");
        var told = visit.Page.Locator(".before-after");
        await told.WaitForAsync();
        Assert.Contains("−24 %", await told.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("± 0.5 s", await told.InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await told.Locator(".bar-error").CountAsync());
    }

    private static async Task<string> ReadAsync(Visit visit, string button)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.Locator(button).ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
