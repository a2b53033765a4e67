using Microsoft.Playwright;

namespace TrafficAI.Dashboard.Tests;

/// <summary>Who sees and may do what.</summary>
public sealed class AccessTests(Browser browser) : DashboardTest(browser)
{
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

    [Theory]
    [InlineData("viewer")]
    [InlineData("engineer")]
    [InlineData("operator")]
    [InlineData("administrator")]
    public async Task A_role_sees_what_it_may_do(string role)
    {
        await using var visit = await OpenAsync("intersection/FX-002", role);
        foreach (var language in Texts.Languages)
        {
            await visit.SpeakAsync(language);
            await visit.GoAsync("intersection/FX-002");
            await visit.SeeAsync("override.cases");
            Assert.Equal(visit.Text($"role.{role}"), await visit.Page.Locator(".role").InnerTextAsync());
            Assert.Equal(role is "operator" or "administrator", await visit.Button("override.send").IsVisibleAsync());
            await visit.GoAsync("health");
            await visit.SeeAsync("health.connections");
            Assert.Equal(role != "viewer", await visit.Page.GetByText(visit.Text("safety.title")).IsVisibleAsync());
            Assert.Equal(role == "administrator", await visit.Page.GetByText(visit.Text("audit.title")).IsVisibleAsync());
            await visit.GoAsync("replay");
            await visit.SeeAsync("whatif.title");
            Assert.Equal(role != "viewer", await visit.Button("whatif.start").IsVisibleAsync());
        }

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

    [Theory]
    [InlineData("en")]
    [InlineData("ru")]
    [InlineData("kk")]
    public async Task The_organisation_signs_in_only_where_the_server_says_so(string language)
    {
        await using var visit = await OpenAsync("city", role: null, language: language);
        await visit.Button("action.sign-in").WaitForAsync();
        var link = visit.Page.GetByRole(AriaRole.Link, new() { Name = visit.Text("login.organisation") });
        Assert.Equal(0, await link.CountAsync());
        await visit.Page.RouteAsync("**/api/v1/session", route => route.FulfillAsync(new() { Status = 401, ContentType = "application/problem+json", Body = "{\"title\":\"Nobody\",\"ways\":[\"password\",\"oidc\"]}" }));
        await visit.Page.ReloadAsync();
        await link.WaitForAsync();
        Assert.Equal("api/v1/session/oidc", await link.GetAttributeAsync("href"));
        await visit.Page.GotoAsync($"{visit.Address}/?login=failed");
        await visit.SeeAsync("login.organisation-failed");
        await visit.Page.ReloadAsync();
        await link.WaitForAsync();
        Assert.Equal(0, await visit.Page.GetByText(visit.Text("login.organisation-failed")).CountAsync());
        Assert.Empty(await visit.AxeAsync());
    }

    private static async Task<string[]> Overrides(Visit visit) => await visit.Page.EvaluateAsync<string[]>("async () => (await (await fetch('api/v1/overrides')).json()).map(o => o.intersection)");
}
