using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(TrafficAI.Dashboard.Tests.Browser))]

namespace TrafficAI.Dashboard.Tests;

/// <summary>One Chromium without a screen for all tests; it draws maps in software.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? playwright;
    private IBrowser? chromium;

    /// <summary>Why there is none; null for one that runs.</summary>
    public string? Missing { get; private set; }

    public IBrowser Chromium => chromium ?? throw new InvalidOperationException(Missing);

    public async ValueTask InitializeAsync()
    {
        var path = Places.FirstOrDefault(File.Exists);
        Missing = path is null ? "There is no Chromium: apt-get install chromium." : !WebFolder.IsBuilt ? "The dashboard is not built: it takes npm." : null;
        if (Missing is not null) return;
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null) await chromium.DisposeAsync();
        playwright?.Dispose();
    }
}
