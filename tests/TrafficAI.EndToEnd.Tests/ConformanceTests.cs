using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Xml.Linq;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A vendor tests a controller: here the reference controller in C, which <c>./test</c> builds.</summary>
public sealed class ConformanceTests : IDisposable
{
    private const int PaceMilliseconds = 20;

    private static readonly string Program = Path.Combine(Checkout.Simulation(""), "..", "artifacts", "reference", "tai_controller");

    private readonly FieldSite<Broker> site = new(new());

    private string Bus => $"mqtt://127.0.0.1:{site.Broker.Port}/demo";

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task The_reference_controller_keeps_every_rule()
    {
        Assert.SkipUnless(File.Exists(Program), "The reference controller is not built: run ./test.");
        var relay = await PrepareAsync();
        await ShellAsync($"mkfifo {site.File("street")} && {site.File("start")}");
        using var kit = await Command.RunAsync(
            "conformance", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys, "--pace", "50x", "--relay", $"{relay}",
            "--restart-command", $"kill -9 $(cat {site.File("pid")}); {site.File("start")}", "--fault-command", Hand("fail"), "--release-command", Hand("release"),
            "--priority-command", Hand("priority 1 3 20"), "--json", site.File("report.json"), "--junit", site.File("report.xml"));
        await ShellAsync($"kill $(cat {site.File("pid")})");

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(site.File("report.json"), TestContext.Current.CancellationToken));
        Assert.Equal("trafficai.conformance.v1", report.RootElement.GetProperty("schema").GetString());
        var rules = report.RootElement.GetProperty("rules").EnumerateArray().ToDictionary(rule => rule.GetProperty("id").GetString()!, rule => rule.GetProperty("verdict").GetString());
        // A machine that others use may not keep fifty seconds a second; the rule has its mutant.
        rules.Remove("C-FRAME-03");
        Assert.DoesNotContain("fail", rules.Values);
        Assert.Equal(["C-BACK-05", "C-DEC-03", "C-DEC-04", "C-LAMP-06"], rules.Where(rule => rule.Value != "pass").Select(rule => rule.Key).Order(StringComparer.Ordinal));
        Assert.Equal(rules.Count + 1, XElement.Load(site.File("report.xml")).Elements("testcase").Count());
        Assert.Contains("rules hold, ", kit.Output, StringComparison.Ordinal);
        Assert.True(kit.ExitCode is 0 or 1, kit.Errors);
    }

    [Fact]
    public async Task A_controller_that_is_not_there_fails_and_a_bad_command_line_is_refused_in_one_line()
    {
        await PrepareAsync();
        using var none = await Command.RunAsync("conformance", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains("no frame came for 15 s, during arrival", none.Output, StringComparison.Ordinal);
        await Command.RefusedAsync("name SCENARIO or --configuration", "conformance", "--bus", Bus, "--keys", site.Keys);
        await Command.RefusedAsync("8 intersections. Name one with --intersection", "conformance", Checkout.Corridor, "--bus", Bus, "--keys", site.Keys);
        await Command.RefusedAsync("--outage must be from 30", "conformance", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys, "--outage", "5");
        await Command.RefusedAsync("Write one with --write-configuration", "conformance", "--configuration", site.Keys, "--bus", Bus, "--keys", site.Keys);
        await Command.RefusedAsync("Choose another port", "conformance", Checkout.FourArm, "--bus", Bus, "--keys", site.Keys, "--relay", $"{site.Broker.Port}");
    }

    /// <summary>The configuration, the key and a script that starts the controller; the port that the kit will relay.</summary>
    private async Task<int> PrepareAsync()
    {
        await site.WriteSiteAsync();
        using var written = await Command.RunAsync("conformance", Checkout.FourArm, "--write-configuration", site.File("centre.bin"));
        Assert.True(written.ExitCode == 0, written.Errors);
        await site.WriteAsync("key", await site.KeyAsync());
        var port = FreePort();
        var start = string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            cd {Path.GetDirectoryName(site.File("x"))}
            {Program} --configuration centre.bin --key key --state epoch --city demo --intersection centre --port {port} --pace {PaceMilliseconds} --street street >out 2>&1 &
            echo $! >pid

            """);
        await site.WriteAsync("start", start);
        await ShellAsync($"chmod +x {site.File("start")}");
        return port;
    }

    private string Hand(string line) => $"echo {line} >{site.File("street")}";

    private static async Task ShellAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
