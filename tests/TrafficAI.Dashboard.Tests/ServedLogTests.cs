namespace TrafficAI.Dashboard.Tests;

/// <summary>The dashboard over a recorded street, as <c>trafficai dashboard LOG</c> serves it.</summary>
public sealed class ServedLogTests(Browser browser) : ServedTest(browser)
{
    [Fact]
    public async Task The_dashboard_shows_a_recorded_street()
    {
        await using var visit = await OpenAsync("city", map: true);
        await visit.SeeAsync("feed.recorded");
        var link = visit.Page.Locator(".city-side table a").First;
        await link.ClickAsync();
        await visit.Page.Locator(".reason p").First.WaitForAsync();
        await visit.Page.Locator(".ahead-now").First.WaitForAsync();
        Assert.True(await visit.Page.Locator(".junction .lamp[data-lamp]").CountAsync() > 0);
        await visit.GoAsync("replay");
        await visit.Page.Locator("#play").ClickAsync();
        var before = await visit.Page.Locator(".replay-time").InnerTextAsync();
        await visit.Page.WaitForFunctionAsync("before => document.querySelector('.replay-time').innerText !== before", before);
        Assert.NotEqual(before, await visit.Page.Locator(".replay-time").InnerTextAsync());
        await visit.GoAsync("health");
        await visit.SeeAsync("health.connections");
        await visit.GoAsync("reports");
        await visit.Page.Locator(".report tbody tr").First.WaitForAsync();
        Assert.True(await visit.Page.Locator(".chart-line").CountAsync() >= 1);
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Security Policy", StringComparison.Ordinal) || complaint.StartsWith("request to", StringComparison.Ordinal) || complaint.StartsWith("error:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_if_is_asked_shows_both_and_is_cancelled()
    {
        await using var visit = await OpenAsync("replay");
        await visit.Button("whatif.start").ClickAsync();
        await visit.Page.Locator(".job").First.WaitForAsync();
        await visit.Page.Locator(".job table").WaitForAsync();
        Assert.Equal(4, await visit.Page.Locator(".job table tbody tr").CountAsync());
        Assert.Matches(@"[+−±]\d+\.\d ± \d+\.\d", await visit.Page.Locator(".job table tbody tr").Last.InnerTextAsync());
        for (var i = 0; i < 3; i++) await visit.Button("whatif.start").ClickAsync();
        await visit.Page.Locator(".job").Nth(3).WaitForAsync();
        await visit.Button("action.cancel").First.ClickAsync();
        await visit.SeeAsync("whatif.cancelled");
    }

    [Fact]
    public async Task A_what_if_that_fails_says_so()
    {
        await using var visit = await OpenAsync("replay");
        await visit.Button("whatif.start").WaitForAsync();
        File.Delete(Log);
        await visit.Button("whatif.start").ClickAsync();
        await visit.Page.GetByText(visit.Text("whatif.failed")).WaitForAsync();
    }
}
