namespace TrafficAI.Dashboard.Tests;

/// <summary>The recorded day: moving in it, asking what if, training on it.</summary>
public sealed class ReplayTests(Browser browser) : DashboardTest(browser, "--recorded")
{
    [Fact]
    public async Task The_day_plays_and_is_shown_in_the_other_views()
    {
        await using var visit = await OpenAsync("replay", map: true);
        await visit.SeeAsync("feed.recorded");
        await visit.Page.GetByText(visit.Text("replay.figures").Split(' ')[0]).First.WaitForAsync();
        var before = await visit.Page.Locator(".replay-time").InnerTextAsync();
        await visit.Page.Locator("#play").ClickAsync();
        await visit.Page.WaitForFunctionAsync("before => document.querySelector('.replay-time').innerText > before", before);
        await visit.Page.Locator("#play").ClickAsync();
        var after = await visit.Page.Locator(".replay-time").InnerTextAsync();
        Assert.True(string.CompareOrdinal(after, before) > 0, $"{before} to {after}");
        await visit.Page.GotoAsync($"{visit.Address}/#/city");
        await visit.SeeAsync("city.worst");
        Assert.Equal(after, await visit.Page.Locator(".header-time").InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_if_shows_how_far_it_is_and_then_both_and_the_city_tells_it()
    {
        await using var visit = await OpenAsync("replay", "engineer");
        await visit.Button("whatif.start").ClickAsync();
        await visit.Page.Locator("progress").WaitForAsync();
        await visit.SeeAsync("whatif.difference");
        Assert.Contains("+9.1 ± 0.5", await visit.Page.Locator(".job table").InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.GotoAsync($"{visit.Address}/#/city");
        await visit.Page.Locator(".headline-figure").WaitForAsync();
        Assert.Contains("−24 %", await visit.Page.Locator(".headline-figure").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trainee_decides_before_seeing_what_was_done()
    {
        await using var visit = await OpenAsync("replay", "viewer");
        await visit.Button("training.start").ClickAsync();
        await visit.SeeAsync("training.question");
        Assert.Equal(0, await visit.Page.Locator(".verdict").CountAsync());
        await visit.Page.Locator(".choices button").First.ClickAsync();
        await visit.Page.Locator(".verdict").WaitForAsync();
        Assert.True(await visit.Page.Locator(".choices button").First.IsDisabledAsync());
        await visit.Button("training.next").WaitForAsync();
    }

    [Fact]
    public async Task Nothing_can_be_ordered_in_a_record()
    {
        await using var visit = await OpenAsync("intersection/FX-001");
        await visit.SeeAsync("override.recorded");
        Assert.False(await visit.Button("override.send").IsVisibleAsync());
    }
}
