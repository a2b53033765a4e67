using Microsoft.Playwright;

namespace TrafficAI.Dashboard.Tests;

/// <summary>Everything can be done without a mouse.</summary>
public sealed class KeyTests(Browser browser) : DashboardTest(browser)
{
    [Fact]
    public async Task The_first_key_leads_past_the_header()
    {
        await using var visit = await OpenAsync("reports");
        await visit.SeeAsync("reports.coverage");
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal(visit.Text("nav.skip"), await visit.Page.EvaluateAsync<string>("document.activeElement.textContent"));
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await visit.Page.EvaluateAsync<string>("document.activeElement.id"));
    }

    [Fact]
    public async Task Figures_open_views_and_a_question_mark_tells_the_keys()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("city.worst");
        await visit.Page.Keyboard.PressAsync("6");
        await visit.SeeAsync("health.connections");
        await visit.Page.Keyboard.PressAsync("?");
        await visit.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        Assert.Empty(await visit.AxeAsync());
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task A_wall_shows_views_in_turn_until_a_key_ends_it()
    {
        await using var visit = await OpenAsync("city?wall=1", width: 1920, height: 1080);
        await visit.Page.WaitForURLAsync("**/#/corridor/*");
        await visit.Page.WaitForURLAsync("**/#/intersection");
        Assert.False(await visit.Page.Locator("#theme-switch").IsVisibleAsync());
        Assert.InRange(await visit.Page.EvaluateAsync<double>("parseFloat(getComputedStyle(document.documentElement).fontSize)"), 18, 19);
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.Page.Locator("#theme-switch").WaitForAsync();
        var left = visit.Page.Url;
        await visit.Page.WaitForTimeoutAsync(1500);
        Assert.Equal(left, visit.Page.Url);
    }

    [Fact]
    public async Task What_has_the_focus_is_seen()
    {
        await using var visit = await OpenAsync("intersection/FX-002");
        await visit.SeeAsync("override.cases");
        for (var i = 0; i < 20; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            var outline = await visit.Page.EvaluateAsync<string>("getComputedStyle(document.activeElement).outlineWidth");
            Assert.Equal("3px", outline);
        }
    }
}
