namespace TrafficAI.Dashboard.Tests;

/// <summary>Each view in each language: it shows itself, nothing complains, everybody can use it.</summary>
public sealed class ViewTests(Browser browser) : DashboardTest(browser)
{
    private static readonly (string Route, string Sign)[] Views =
    [
        ("city", "city.worst"), ("corridor", "corridor.outbound"), ("intersection/FX-001", "ahead.title"), ("replay", "training.title"), ("reports", "reports.coverage"),
        ("reports/method", "method.title"), ("health", "health.connections"), ("nowhere", "state.no-view"),
    ];

    public static TheoryData<string, string, string> InEveryLanguage =>
        [.. Views.SelectMany(view => Texts.Languages.Select(language => (view.Route, view.Sign, language)))];

    public static TheoryData<string, string> InEachTheme => [.. Views.SelectMany(view => (string[])["light", "dark"], (view, theme) => (view.Route, theme))];

    [Theory, MemberData(nameof(InEveryLanguage))]
    public async Task A_view_shows_itself_and_nothing_complains(string route, string sign, string language)
    {
        await using var visit = await OpenAsync(route, language: language);
        await visit.SeeAsync(sign);
        await visit.Page.WaitForTimeoutAsync(1200);
        Assert.Equal(language, await visit.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(visit.Complaints);
    }

    [Theory, MemberData(nameof(InEachTheme))]
    public async Task Everybody_can_use_a_view(string route, string theme)
    {
        await using var visit = await OpenAsync(route, "administrator", theme: theme);
        await visit.SeeAsync(Views.First(view => view.Route == route).Sign);
        await visit.Page.WaitForTimeoutAsync(600);
        Assert.Empty(await visit.AxeAsync());
    }

    [Theory]
    [InlineData("kk")]
    [InlineData("ru")]
    public async Task On_a_telephone_nothing_runs_out_of_the_screen(string language)
    {
        foreach (var (route, sign) in Views)
        {
            await using var visit = await OpenAsync(route, "administrator", language, width: 390, height: 844);
            await visit.SeeAsync(sign);
            var wide = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= 390, $"{route} in {language} is {wide} pixels wide");
        }
    }

    [Fact]
    public async Task The_city_names_its_worst_and_where_its_streets_come_from()
    {
        await using var visit = await OpenAsync("city");
        await visit.Page.Locator(".rank").Nth(9).WaitForAsync();
        Assert.Equal(10, await visit.Page.Locator(".city-side table tbody tr").CountAsync());
        Assert.Equal("© OpenStreetMap contributors, ODbL 1.0", await visit.Page.Locator(".attribution").InnerTextAsync());
        var delays = await visit.Page.Locator(".city-side table tbody tr td:nth-child(3)").AllInnerTextsAsync();
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
