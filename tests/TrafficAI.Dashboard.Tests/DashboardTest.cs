namespace TrafficAI.Dashboard.Tests;

/// <summary>A test in a browser against a fixture server of its own.</summary>
public abstract class DashboardTest(Browser browser, string options = "") : IAsyncLifetime
{
    private FixtureServer? server;

    internal FixtureServer Server => server ?? throw new InvalidOperationException("The fixture has not started.");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(browser.Missing is not null, browser.Missing ?? "");
        server = await FixtureServer.StartAsync(options);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null) await server.DisposeAsync();
    }

    internal Task<Visit> OpenAsync(string route, string? role = "operator", string language = "en", string theme = "light", int width = 1440, int height = 900, bool map = false) =>
        Visit.OpenAsync(browser.Chromium, Server.Address, route, role, language, theme, width, height, map);
}
