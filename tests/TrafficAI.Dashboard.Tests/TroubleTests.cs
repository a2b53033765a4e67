using Microsoft.Playwright;

namespace TrafficAI.Dashboard.Tests;

/// <summary>What people see when something is wrong.</summary>
public sealed class TroubleTests(Browser browser) : DashboardTest(browser)
{
    [Fact]
    public async Task Silence_of_the_street_shows_within_seconds_and_goes_when_it_speaks()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("feed.live");
        await Server.BreakAsync("stall?on=true");
        await visit.Page.Locator(".banner").WaitForAsync(new() { Timeout = 7000 });
        Assert.Equal("stale", await visit.Page.Locator(".status").GetAttributeAsync("data-status"));
        Assert.Empty(await visit.AxeAsync());
        await Server.BreakAsync("mend");
        await visit.SeeAsync("feed.live");
        await visit.Page.Locator(".banner").WaitForAsync(new() { State = WaitForSelectorState.Hidden });
    }

    [Theory]
    [InlineData(500, "Broken on purpose.")]
    [InlineData(403, "Your role may not see this.")]
    public async Task A_failure_says_what_and_lets_one_try_again(int status, string says)
    {
        await Server.BreakAsync($"fail?path=/health&status={status}");
        await using var visit = await OpenAsync("health");
        await visit.Page.GetByText(says).First.WaitForAsync();
        await Server.BreakAsync("mend");
        await visit.Button("action.retry").First.ClickAsync();
        await visit.SeeAsync("health.connections");
    }

    [Fact]
    public async Task An_unknown_intersection_is_told()
    {
        await using var visit = await OpenAsync("intersection/FX-999");
        await visit.SeeAsync("state.not-found");
    }

    [Fact]
    public async Task What_takes_long_says_so()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("city.worst");
        await Server.BreakAsync("slow?milliseconds=1500");
        await visit.Page.GotoAsync($"{visit.Address}/#/reports");
        await visit.SeeAsync("state.loading");
        await visit.SeeAsync("reports.coverage");
    }

    [Fact]
    public async Task A_session_that_has_ended_leads_to_the_sign_in()
    {
        await using var visit = await OpenAsync("health", "viewer");
        await visit.SeeAsync("health.connections");
        await visit.Page.Context.ClearCookiesAsync();
        await visit.Page.GetByLabel(visit.Text("login.user")).WaitForAsync(new() { Timeout = 10_000 });
    }
}
