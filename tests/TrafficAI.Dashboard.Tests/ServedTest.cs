using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace TrafficAI.Dashboard.Tests;

/// <summary>A test against the server itself instead of its stand-in: a simulated street, its log, the dashboard over it.</summary>
public abstract class ServedTest(Browser browser) : IAsyncLifetime
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "trafficai");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("trafficai-dashboard");
    private Process? server;

    private protected string Address { get; private set; } = "";

    private protected string Log => InFolder("run.db");

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(browser.Missing is not null, browser.Missing ?? "");
        var scenario = Path.GetFullPath(Path.Combine(WebFolder.Root, "..", "..", "..", "simulations", "four-arm"));
        await RunAsync("", "simulate", scenario, "--engine", "builtin", "--end", "400", "--log", Log);
        Address = $"http://127.0.0.1:{FreePort()}";
        server = Start(["dashboard", Log, "--listen", Address, "--no-open", .. await OptionsAsync()]);
        await AnswersAsync();
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (server is not null)
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
            server.Dispose();
        }

        folder.Delete(recursive: true);
    }

    /// <summary>What else the server is told, after whatever that takes was made.</summary>
    private protected virtual Task<string[]> OptionsAsync() => Task.FromResult<string[]>([]);

    private protected string InFolder(string name) => Path.Combine(folder.FullName, name);

    private protected Task<Visit> OpenAsync(string route, string language = "en", bool map = false) => Visit.OpenAsync(browser.Chromium, Address, route, language: language, map: map);

    /// <summary>Runs the command to its end.</summary>
    /// <param name="input">What it reads.</param>
    private protected static async Task RunAsync(string input, params string[] arguments)
    {
        using var process = Start(arguments);
        await process.StandardInput.WriteLineAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Until the whole log has been read, or a login is asked for.</summary>
    private async Task AnswersAsync()
    {
        using var client = new HttpClient();
        for (var tries = 0; tries < 240; tries++)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"{Address}/api/v1/site"), TestContext.Current.CancellationToken);
                if (answer.StatusCode == HttpStatusCode.Unauthorized) return;
                if ((await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("\"live\":false", StringComparison.Ordinal)) return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"The server does not answer at {Address}.");
    }
}
