using System.Diagnostics;

namespace TrafficAI.Dashboard.Tests;

/// <summary>The server's stand-in, which speaks the same contract over a city made from a seed; it ends when its input does.</summary>
internal sealed class FixtureServer : IAsyncDisposable
{
    private const string Says = "fixture listens on ";

    private readonly Process process;

    private FixtureServer(Process process, string address) => (this.process, Address) = (process, address);

    public string Address { get; }

    /// <param name="options">As of <c>dev/fixture.mjs</c>.</param>
    public static async Task<FixtureServer> StartAsync(string options)
    {
        var process = Process.Start(new ProcessStartInfo("node", $"dev/fixture.mjs {options}")
        {
            WorkingDirectory = WebFolder.Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync() ?? "";
        if (!line.StartsWith(Says, StringComparison.Ordinal)) throw new InvalidOperationException($"The fixture said: {line} {await process.StandardError.ReadToEndAsync()}");
        return new(process, line[Says.Length..]);
    }

    /// <summary>Breaks something on purpose.</summary>
    public async Task BreakAsync(string what)
    {
        using var client = new HttpClient();
        using var answer = await client.PutAsync(new Uri($"{Address}/fixture/{what}"), null);
        answer.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
