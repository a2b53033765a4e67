using Microsoft.Playwright;

namespace TrafficAI.Dashboard.Tests;

/// <summary>What readers of the screen are told, and what people without a mouse reach, beyond what axe-core judges.</summary>
public sealed class ReaderTests(Browser browser) : DashboardTest(browser)
{
    [Fact]
    public async Task Headings_begin_with_one_of_the_first_level_and_leave_none_out()
    {
        await using var visit = await OpenAsync("city", "administrator");
        foreach (var (route, sign) in Views.All)
        {
            await visit.GoAsync(route);
            await visit.SeeAsync(sign);
            await visit.Page.WaitForTimeoutAsync(400);
            var levels = await visit.Page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1, h2, h3, h4')].filter(e => e.checkVisibility()).map(e => Number(e.tagName[1]))");
            Assert.True(levels is [1, ..] && levels.Count(level => level == 1) == 1, $"{route}: {string.Join(' ', levels)}");
            Assert.True(levels.Zip(levels.Skip(1)).All(pair => pair.Second <= pair.First + 1), $"{route}: {string.Join(' ', levels)}");
        }
    }

    [Fact]
    public async Task A_page_has_its_landmarks()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("city.worst");
        foreach (var role in (AriaRole[])[AriaRole.Banner, AriaRole.Main]) Assert.Equal(1, await visit.Page.GetByRole(role).CountAsync());
        Assert.Equal(6, await visit.Page.GetByRole(AriaRole.Navigation, new() { Name = visit.Text("nav.label") }).GetByRole(AriaRole.Link).CountAsync());
        Assert.Equal(1, await visit.Page.GetByRole(AriaRole.Region, new() { Name = visit.Text("map.label"), Exact = true }).CountAsync());
    }

    [Fact]
    public async Task Many_alarms_are_told_together_and_how_many_more_there_were()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("feed.live");
        await visit.Page.EvaluateAsync("() => { window.told = []; const place = document.querySelector('[role=alert].sr'); new MutationObserver(() => window.told.push(place.textContent)).observe(place, { childList: true }); }");
        await Server.BreakAsync("alarms?count=1");
        await visit.Page.WaitForFunctionAsync("() => window.told.length === 1");
        await Server.BreakAsync("alarms?count=8");
        await visit.Page.WaitForFunctionAsync("() => window.told.length === 2");
        var told = await visit.Page.EvaluateAsync<string[]>("window.told");
        Assert.All(told, text => Assert.Contains("rule 1 was broken", text, StringComparison.Ordinal));
        Assert.EndsWith(visit.Text("announce.more").Replace("{count}", "5", StringComparison.Ordinal), told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_is_told_once_though_its_seconds_are_counted()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("feed.live");
        await Server.BreakAsync("stall?on=true");
        await visit.Page.Locator(".banner").WaitForAsync(new() { Timeout = 7000 });
        var news = visit.Page.Locator("[role=status].sr");
        var told = await news.InnerTextAsync();
        var counted = await visit.Page.Locator(".banner").InnerTextAsync();
        Assert.NotEmpty(told);
        await visit.Page.WaitForTimeoutAsync(2200);
        Assert.Equal(told, await news.InnerTextAsync());
        Assert.NotEqual(counted, await visit.Page.Locator(".banner").InnerTextAsync());
    }

    [Fact]
    public async Task What_is_drawn_is_there_as_a_table_too()
    {
        await using var visit = await OpenAsync("corridor");
        await visit.Page.GetByText(visit.Text("corridor.as-table")).ClickAsync();
        await visit.Page.Locator(".as-table tbody tr").First.WaitForAsync();
        Assert.Equal(await visit.Page.Locator(".stops li").CountAsync(), await visit.Page.Locator(".as-table tbody tr").CountAsync());
        await visit.GoAsync("intersection/FX-001");
        await visit.SeeAsync("ahead.title");
        await visit.Page.GetByText(visit.Text("junction.as-table")).ClickAsync();
        await visit.Page.Locator(".as-table tbody tr").First.WaitForAsync();
        var drawn = await visit.Page.EvaluateAsync<int>("async () => { const g = await (await fetch('api/v1/intersections/FX-001')).json(); return g.lanes.length + g.crossings.length; }");
        Assert.Equal(drawn, await visit.Page.Locator(".as-table tbody tr").CountAsync());
        Assert.Contains(visit.Text("lamp.green"), await visit.Page.Locator(".as-table").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_mark_of_the_map_is_in_a_list_and_reached_with_keys_alone()
    {
        await using var visit = await OpenAsync("city");
        await visit.SeeAsync("city.worst");
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Locator(".found li").Nth(23).WaitForAsync();
        Assert.Equal(24, await visit.Page.Locator(".found li .level").CountAsync());
        await visit.Page.Keyboard.TypeAsync("FX-004");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeeAsync("ahead.title");
        Assert.EndsWith("intersection/FX-004", visit.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_asked_for_stillness()
    {
        await using var visit = await OpenAsync("intersection/FX-001");
        await visit.SeeAsync("ahead.title");
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>("document.getAnimations().length"));
    }
}
