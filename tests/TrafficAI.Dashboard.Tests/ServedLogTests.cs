using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TrafficAI.Dashboard.Tests;

/// <summary>The server itself instead of its stand-in: a simulated street, its log, the dashboard over it.</summary>
public sealed class ServedLogTests(Browser browser) : IAsyncLifetime
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "trafficai");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trafficai-dashboard");
    private Process? server;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(browser.Missing is not null, browser.Missing ?? "");
        var scenario = Path.GetFullPath(Path.Combine(WebFolder.Root, "..", "..", "..", "simulations", "four-arm"));
        var log = Path.Combine(folder.FullName, "run.db");
        using (var street = Start("simulate", scenario, "--engine", "builtin", "--end", "400", "--log", log))
        {
            await street.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, street.ExitCode);
        }

        address = $"http://127.0.0.1:{FreePort()}";
        server = Start("dashboard", log, "--listen", address, "--no-open");
        await AnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
            server.Dispose();
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_dashboard_shows_a_recorded_street()
    {
        await using var visit = await Visit.OpenAsync(browser.Chromium, address, "city");
        await visit.SeeAsync("feed.recorded");
        var link = visit.Page.Locator(".city-side table a").First;
        await link.ClickAsync();
        await visit.Page.Locator(".reason p").First.WaitForAsync();
        Assert.True(await visit.Page.Locator(".junction .lamp[data-lamp]").CountAsync() > 0);
        Assert.True(await visit.Page.Locator(".ahead-next").CountAsync() > 0);
        await visit.Page.GotoAsync($"{address}/#/replay");
        await visit.Page.Locator("#play").ClickAsync();
        var before = await visit.Page.Locator(".replay-time").InnerTextAsync();
        await visit.Page.WaitForTimeoutAsync(2500);
        Assert.NotEqual(before, await visit.Page.Locator(".replay-time").InnerTextAsync());
        await visit.Page.GotoAsync($"{address}/#/health");
        await visit.SeeAsync("health.connections");
        Assert.DoesNotContain(visit.Complaints, complaint => complaint.Contains("Security Policy", StringComparison.Ordinal) || complaint.StartsWith("request to", StringComparison.Ordinal) || complaint.StartsWith("error:", StringComparison.Ordinal));
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Until the whole log has been read.</summary>
    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        for (var tries = 0; tries < 240; tries++)
        {
            try
            {
                if ((await client.GetStringAsync(new Uri($"{address}/api/v1/site"), TestContext.Current.CancellationToken)).Contains("\"live\":false", StringComparison.Ordinal)) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The server does not answer at {address}.");
    }
}
