namespace TrafficAI.Dashboard.Tests;

/// <summary>Signing in at the server itself, with an accounts file that the command made.</summary>
public sealed class ServedAccountsTests(Browser browser) : ServedTest(browser)
{
    private const string Password = "correct horse battery";
    private const int FailuresThatLock = 5;

    [Fact]
    public async Task A_viewer_and_an_operator_see_what_is_theirs()
    {
        await using var visit = await OpenAsync("replay");
        await SignInAsync(visit, "vera", "not her password");
        await visit.SeeAsync("login.wrong");
        await SignInAsync(visit, "vera", Password);
        await visit.SeeAsync("whatif.forbidden");
        Assert.False(await visit.Button("whatif.start").IsVisibleAsync());
        await visit.GoAsync("intersection");
        await visit.Page.GetByText(visit.Text("override.forbidden").Replace("{role}", visit.Text("role.viewer"), StringComparison.Ordinal)).WaitForAsync();
        await visit.GoAsync("health");
        await visit.SeeAsync("health.connections");
        Assert.False(await visit.Page.GetByText(visit.Text("safety.title")).IsVisibleAsync());

        await visit.Page.Locator(".menu summary").ClickAsync();
        await visit.Button("action.sign-out").ClickAsync();
        await SignInAsync(visit, "oleg", Password);
        await visit.SeeAsync("safety.title");
        Assert.Equal(visit.Text("role.operator"), await visit.Page.Locator(".role").InnerTextAsync());
        await visit.GoAsync("intersection");
        await visit.SeeAsync("override.recorded");
        await visit.GoAsync("replay");
        await visit.Button("whatif.start").WaitForAsync();
    }

    [Fact]
    public async Task Who_guesses_is_locked_out_and_told_in_words()
    {
        await using var visit = await OpenAsync("city", "ru");
        for (var i = 0; i < FailuresThatLock; i++)
        {
            await SignInAsync(visit, "vera", $"guess {i}");
            await visit.SeeAsync("login.wrong");
        }

        await SignInAsync(visit, "vera", Password);
        await visit.SeeAsync("login.locked");
        Assert.Empty(await visit.AxeAsync());
    }

    private protected override async Task<string[]> OptionsAsync()
    {
        var file = InFolder("accounts.json");
        foreach (var (name, role) in (IEnumerable<(string, string)>)[("vera", "viewer"), ("oleg", "operator")])
            await RunAsync(Password, "accounts", "add", name, "--role", role, "--accounts", file);
        return ["--accounts", file];
    }

    /// <summary>Waits for the answer.</summary>
    private static async Task SignInAsync(Visit visit, string user, string password)
    {
        await visit.Page.GetByLabel(visit.Text("login.user")).FillAsync(user);
        await visit.Page.GetByLabel(visit.Text("login.password")).FillAsync(password);
        await visit.Page.RunAndWaitForResponseAsync(() => visit.Button("action.sign-in").ClickAsync(), answer => answer.Request is { Method: "POST" } request && request.Url.EndsWith("/session", StringComparison.Ordinal));
    }
}
