namespace TrafficAI.Dashboard.Tests;

/// <summary>Each view in each language: it shows itself, nothing complains, everybody can use it.</summary>
public sealed class ViewTests(Browser browser) : DashboardTest(browser)
{
    public static TheoryData<string> Languages => [.. Texts.Languages];

    [Theory, MemberData(nameof(Languages))]
    public async Task Views_show_themselves_and_nothing_complains(string language)
    {
        await using var visit = await OpenAsync("city", language: language, map: true);
        foreach (var (route, sign) in Views.All)
        {
            await visit.GoAsync(route);
            await visit.SeeAsync(sign);
            Assert.Equal(language, await visit.Page.EvaluateAsync<string>("document.documentElement.lang"));
            await visit.Page.WaitForTimeoutAsync(600);
            Assert.Equal([], visit.Complaints.Select(complaint => $"{route}: {complaint}"));
        }
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Everybody_can_use_a_view(string theme)
    {
        await using var visit = await OpenAsync("city", "administrator", theme: theme, map: true);
        foreach (var (route, sign) in Views.All)
        {
            await visit.GoAsync(route);
            await visit.SeeAsync(sign);
            await visit.Page.WaitForTimeoutAsync(600);
            Assert.Equal([], (await visit.AxeAsync()).Select(line => $"{route}: {line}"));
        }
    }

    /// <summary>390 is a telephone; 320 what WCAG 1.4.10 asks for; 720 a laptop at 200 % zoom.</summary>
    [Theory]
    [InlineData("kk", 390, 844)]
    [InlineData("ru", 390, 844)]
    [InlineData("kk", 320, 640)]
    [InlineData("ru", 320, 640)]
    [InlineData("ru", 720, 450)]
    public async Task Nothing_runs_out_of_a_narrow_screen(string language, int width, int height)
    {
        await using var visit = await OpenAsync("city", "administrator", language, width: width, height: height, map: width == 390);
        foreach (var (route, sign) in Views.All)
        {
            await visit.GoAsync(route);
            await visit.SeeAsync(sign);
            var wide = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= width, $"{route} in {language} is {wide} pixels wide");
        }
    }

    [Fact]
    public async Task The_city_names_its_worst_and_where_its_streets_come_from()
    {
        await using var visit = await OpenAsync("city", map: true);
        await visit.Page.Locator(".rank").Nth(9).WaitForAsync();
        Assert.Equal(10, await visit.Page.Locator(".city-side table tbody tr").CountAsync());
        Assert.Equal("© OpenStreetMap contributors, ODbL 1.0", await visit.Page.Locator(".attribution").InnerTextAsync());
        var delays = await visit.Page.Locator(".city-side table tbody tr .delay").AllInnerTextsAsync();
        Assert.Equal(delays.Select(int.Parse).OrderDescending(), delays.Select(int.Parse));
        Assert.Contains("23 / 24", await visit.Page.Locator(".figures").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_intersection_shows_lamps_queues_plan_and_reasons()
    {
        await using var visit = await OpenAsync("intersection/FX-001");
        await visit.Page.Locator(".ahead-next").First.WaitForAsync();
        await visit.Page.Locator(".reason p").First.WaitForAsync();
        Assert.True(await visit.Page.Locator(".junction .lamp[data-lamp]").CountAsync() >= 8);
        Assert.Equal(4, await visit.Page.Locator(".junction .crossing[data-lamp]").CountAsync());
        var before = await visit.Page.Locator(".countdown").InnerTextAsync();
        await visit.Page.WaitForTimeoutAsync(2200);
        Assert.NotEqual(before, await visit.Page.Locator(".countdown").InnerTextAsync());
    }

    /// <summary>FX-009 has a section for the left turners of each of its four arms, of whom two at most have green; FX-001 has none.</summary>
    [Fact]
    public async Task An_additional_section_that_does_not_let_go_is_dark()
    {
        await using var visit = await OpenAsync("intersection/FX-009");
        var dark = visit.Page.Locator(".junction .lamp[data-lamp='dark']");
        await dark.First.WaitForAsync();
        Assert.InRange(await dark.CountAsync(), 2, 4);
        Assert.Contains(visit.Text("lamp.section"), await visit.Page.Locator(".lamp-legend").InnerTextAsync(), StringComparison.Ordinal);
        await visit.GoAsync("intersection/FX-001");
        await visit.Page.Locator(".junction .lamp[data-lamp='green'], .junction .lamp[data-lamp='red']").First.WaitForAsync();
        Assert.Equal(0, await dark.CountAsync());
        Assert.DoesNotContain(visit.Text("lamp.section"), await visit.Page.Locator(".lamp-legend").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_without_connection_claims_nothing()
    {
        await using var visit = await OpenAsync("intersection/FX-010");
        await visit.SeeAsync("intersection.offline-why");
        await visit.SeeAsync("ahead.none");
        var facts = await visit.Page.Locator(".facts").First.InnerTextAsync();
        Assert.Contains($"{visit.Text("city.standing")}\n–", facts, StringComparison.Ordinal);
        Assert.DoesNotContain("\n0\n", facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_is_changed_at_once_and_remembered()
    {
        await using var visit = await OpenAsync("health");
        await visit.SeeAsync("health.connections");
        await visit.Page.GetByLabel(visit.Text("header.language")).SelectOptionAsync("kk");
        await visit.Page.GetByText(Texts.Of("kk", "health.connections"), new() { Exact = true }).First.WaitForAsync();
        await visit.Page.ReloadAsync();
        await visit.Page.GetByText(Texts.Of("kk", "health.connections"), new() { Exact = true }).First.WaitForAsync();
    }
}
