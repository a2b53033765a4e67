namespace TrafficAI.Dashboard.Tests;

/// <summary>Who sees and may do what.</summary>
public sealed class AccessTests(Browser browser) : DashboardTest(browser)
{
    public static TheoryData<string, string> RolesAndLanguages =>
        [.. ((string[])["viewer", "engineer", "operator", "administrator"]).SelectMany(_ => Texts.Languages, (role, language) => (role, language))];

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("kk")]
    public async Task One_signs_in_with_a_name_and_a_password(string language)
    {
        await using var visit = await OpenAsync("city", role: null, language: language);
        await visit.Page.GetByLabel(visit.Text("login.user")).FillAsync("viewer");
        await visit.Page.GetByLabel(visit.Text("login.password")).FillAsync("wrong");
        await visit.Button("action.sign-in").ClickAsync();
        await visit.SeeAsync("login.wrong");
        Assert.Empty(await visit.AxeAsync());
        await visit.Page.GetByLabel(visit.Text("login.password")).FillAsync("fixture");
        await visit.Button("action.sign-in").ClickAsync();
        await visit.SeeAsync("city.worst");
        await visit.Page.Locator(".menu summary").ClickAsync();
        await visit.Button("action.sign-out").ClickAsync();
        await visit.Page.GetByLabel(visit.Text("login.user")).WaitForAsync();
    }

    [Theory, MemberData(nameof(RolesAndLanguages))]
    public async Task A_role_sees_what_it_may_do(string role, string language)
    {
        await using var visit = await OpenAsync("intersection/FX-002", role, language);
        await visit.SeeAsync("override.cases");
        Assert.Equal(visit.Text($"role.{role}"), await visit.Page.Locator(".role").InnerTextAsync());
        Assert.Equal(role is "operator" or "administrator", await visit.Button("override.send").IsVisibleAsync());
        await visit.Page.GotoAsync($"{visit.Address}/#/health");
        await visit.SeeAsync("health.connections");
        Assert.Equal(role != "viewer", await visit.Page.GetByText(visit.Text("safety.title")).IsVisibleAsync());
        Assert.Equal(role == "administrator", await visit.Page.GetByText(visit.Text("audit.title")).IsVisibleAsync());
        await visit.Page.GotoAsync($"{visit.Address}/#/replay");
        await visit.SeeAsync("whatif.title");
        Assert.Equal(role != "viewer", await visit.Button("whatif.start").IsVisibleAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task An_override_needs_a_reason_and_an_end_and_is_given_back()
    {
        await using var visit = await OpenAsync("intersection/FX-002");
        await visit.Button("override.send").ClickAsync();
        Assert.Empty(await Overrides(visit));
        await visit.Page.Locator("#override-minutes").FillAsync("15");
        await visit.Page.Locator("#override-reason").FillAsync("short");
        await visit.Button("override.send").ClickAsync();
        Assert.Empty(await Overrides(visit));
        await visit.Button("override.reason-accident").ClickAsync();
        await visit.Button("override.send").ClickAsync();
        await visit.Button("override.release").WaitForAsync();
        Assert.Single(await Overrides(visit));
        Assert.Contains(visit.Text("override.reason-accident"), await visit.Page.Locator(".standing").InnerTextAsync(), StringComparison.Ordinal);
        await visit.Page.Locator("#release-reason").FillAsync("the road is clear again");
        await visit.Button("override.release").ClickAsync();
        await visit.Button("override.send").WaitForAsync();
        Assert.Empty(await Overrides(visit));
    }

    [Fact]
    public async Task Safety_data_takes_four_eyes()
    {
        await using (var first = await OpenAsync("health", "engineer"))
        {
            await first.Page.Locator("#safety-value").FillAsync("12");
            await first.Page.Locator("#safety-reason").FillAsync("the crossing is 16 m long");
            await first.Button("safety.propose").ClickAsync();
            await first.SeeAsync("safety.four-eyes");
            Assert.False(await first.Button("safety.approve").IsVisibleAsync());
        }

        await using var second = await OpenAsync("health", "administrator");
        await second.Button("safety.approve").ClickAsync();
        await second.SeeAsync("safety.approved");
    }

    private static async Task<string[]> Overrides(Visit visit) => await visit.Page.EvaluateAsync<string[]>("async () => (await (await fetch('api/v1/overrides')).json()).map(o => o.intersection)");
}
