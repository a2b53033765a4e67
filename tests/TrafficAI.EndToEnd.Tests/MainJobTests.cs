using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The main job as its user runs it: simulate with a log, check the figures with the street's own trip file, replay.</summary>
public sealed class MainJobTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("fixed", "site", "full", "sumo")]
    [InlineData("fixed", "R+", "loops", "sumo")]
    [InlineData("actuated", "R+", "full", "sumo")]
    [InlineData("actuated", "S", "loops", "sumo")]
    [InlineData("max-pressure", "R", "full", "sumo")]
    [InlineData("max-pressure", "site", "loops", "sumo")]
    [InlineData("adaptive", "R+", "full", "sumo")]
    [InlineData("adaptive", "S", "full", "sumo")]
    [InlineData("adaptive", "R", "loops", "sumo")]
    [InlineData("adaptive", "site", "loops", "sumo")]
    [InlineData("fixed", "site", "loops", "builtin")]
    [InlineData("max-pressure", "R+", "full", "builtin")]
    [InlineData("adaptive", "R+", "full", "builtin")]
    [InlineData("adaptive", "site", "loops", "builtin")]
    public async Task A_recorded_run_has_confirmed_figures_and_replays_identically(string strategy, string controlClass, string sensing, string engine)
    {
        var (log, trips, json) = (files.File("run.db"), files.File("trips.xml"), files.File("run.json"));
        using var run = await Command.RunAsync(
            "simulate", Checkout.FourArm, "--strategy", strategy, "--class", controlClass, "--sensing", sensing, "--seed", "11", "--end", "600",
            "--engine", engine, "--log", $"sqlite:{log}", "--tripinfo", trips, "--json", json);
        Assert.True(run.ExitCode == 0, run.Errors);

        var figures = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(MeanDelay(trips, 600), figures.GetProperty("delay_s").GetDouble(), 0.1);
        Assert.Equal(0, figures.GetProperty("control").GetProperty("fault_seconds").GetInt64());
        Assert.Equal(0, figures.GetProperty("control").GetProperty("frames_lost").GetInt64());
        Assert.Equal(600, figures.GetProperty("control").GetProperty("decisions").GetInt64());
        Assert.Equal(engine, figures.GetProperty("engine").GetString());

        using var replay = await Command.RunAsync("replay", log, "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        Assert.Contains(figures.GetProperty("control").GetProperty("decisions_sha256").GetString()![..16], replay.Output, StringComparison.Ordinal);

        using var check = await Command.RunAsync("check", log);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
    }

    [Theory]
    [InlineData("sumo")]
    [InlineData("builtin")]
    public async Task The_log_is_the_same_bytes_for_any_number_of_threads(string engine)
    {
        var hashes = new HashSet<string>();
        foreach (var threads in new[] { "1", "2", "8" })
        {
            using var street = Sumo.Tests.TestStreet.Grid(300, 1.0);
            var log = files.File($"{threads}.db");
            using var run = await Command.RunAsync("simulate", street.File("street.sumocfg"), "--class", "R+", "--threads", threads, "--engine", engine, "--log", log);
            Assert.True(run.ExitCode == 0, run.Errors);
            hashes.Add(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(log, TestContext.Current.CancellationToken))));
        }

        Assert.Single(hashes);
    }

    [Fact]
    public async Task A_replay_without_wide_vectors_or_fused_arithmetic_is_identical()
    {
        var log = files.File("run.db");
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--end", "900", "--log", log);
        Assert.True(run.ExitCode == 0, run.Errors);
        (string, string)[] plain = [("DOTNET_EnableAVX2", "0"), ("DOTNET_EnableAVX", "0"), ("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4")];
        using var replay = Command.Start(plain, "replay", log, "--verify");
        await replay.EndAsync();
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_with_faults_is_counted_and_replays_identically()
    {
        var (log, json) = (files.File("run.db"), files.File("run.json"));
        using var run = await Command.RunAsync(
            "simulate", Checkout.FourArm, "--class", "R+", "--end", "600", "--log", log, "--json", json,
            "--fault", "dead=10%,stuck=5%,loss=5%,delay=2s,dup=1%,reorder=1%");
        Assert.True(run.ExitCode == 0, run.Errors);
        var control = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).RootElement.GetProperty("control");
        foreach (var counted in new[] { "frames_missed", "frames_late", "inputs_refused" }) Assert.NotEqual(0, control.GetProperty(counted).GetInt64());
        Assert.Equal(0, control.GetProperty("fault_seconds").GetInt64());
        using var replay = await Command.RunAsync("replay", log, "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
    }

    [Fact]
    public async Task A_moment_is_shown_with_its_lamps_its_traffic_and_the_decision_behind_it()
    {
        var log = files.File("run.db");
        using var run = await Command.RunAsync("simulate", Checkout.FourArm, "--class", "R+", "--end", "300", "--log", log);
        using var at = await Command.RunAsync("replay", log, "--at", "00:04:00");
        Assert.True(at.ExitCode == 0, at.Errors);
        Assert.Contains("centre at 00:04:00: ", at.Output, StringComparison.Ordinal);
        Assert.Contains("  lamps ", at.Output, StringComparison.Ordinal);
        Assert.Contains("  lane ", at.Output, StringComparison.Ordinal);
        Assert.Contains("adaptive wanted F", at.Output, StringComparison.Ordinal);

        using var late = await Command.RunAsync("replay", log, "--at", "00:09:00");
        Assert.Equal(2, late.ExitCode);
        Assert.Contains("the log holds 00:00:00 to 00:05:00", Assert.Single(late.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_comparison_runs_every_strategy_on_every_seed()
    {
        var json = files.File("compare.json");
        using var run = await Command.RunAsync(
            "compare", Checkout.FourArm, "--strategies", "fixed,adaptive", "--seeds", "1-2", "--class", "R+", "--end", "300", "--json", json);
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains("adaptive", run.Output, StringComparison.Ordinal);
        var comparison = JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("trafficai.compare.v1", comparison.GetProperty("schema").GetString());
        foreach (var row in comparison.GetProperty("strategies").EnumerateArray())
        {
            var delays = row.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("delay_s").GetDouble()).ToArray();
            Assert.Equal(2, delays.Length);
            Assert.Equal(delays.Average(), row.GetProperty("mean_delay_s").GetDouble(), 1e-9);
        }
    }

    [Fact]
    public async Task A_page_is_the_same_bytes_for_equal_runs_and_shows_the_figures_of_the_json()
    {
        var stop = TestContext.Current.CancellationToken;
        using var street = Sumo.Tests.TestStreet.Grid(300, 1.0);
        var (html, json) = (files.File("page.html"), files.File("page.json"));
        string[] arguments = ["compare", street.File("street.sumocfg"), "--seeds", "11-12", "--class", "R+", "--html", html, "--json", json];
        var pages = new HashSet<string>();
        for (var time = 0; time < 2; time++)
        {
            using var run = await Command.RunAsync(arguments);
            Assert.True(run.ExitCode == 0, run.Errors);
            pages.Add(await File.ReadAllTextAsync(html, stop));
        }

        var page = Assert.Single(pages);
        var figures = JsonDocument.Parse(await File.ReadAllTextAsync(json, stop)).RootElement;
        Assert.Contains($"<h1>{figures.GetProperty("headline").GetString()}</h1>", page, StringComparison.Ordinal);
        foreach (var warning in figures.GetProperty("warnings").EnumerateArray()) Assert.Contains($"<li>{warning.GetString()}</li>", page, StringComparison.Ordinal);
        foreach (var row in figures.GetProperty("strategies").EnumerateArray())
        {
            foreach (var name in new[] { "mean_delay_s", "worst_delay_s", "mean_p95_s" })
                Assert.Contains(row.GetProperty(name).GetDouble().ToString("0.0", CultureInfo.InvariantCulture) + "<", page, StringComparison.Ordinal);
            var control = row.GetProperty("runs")[0].GetProperty("control");
            Assert.Equal(control.GetProperty("intersections").GetInt32(), row.GetProperty("intersections").GetArrayLength());
            Assert.Equal(101, row.GetProperty("delay_percentiles_s").GetArrayLength());
            Assert.Equal(300, Assert.Single(row.GetProperty("delay_over_time").EnumerateArray()).GetProperty("scheduled").GetDouble());
        }

        Assert.Equal(3, figures.GetProperty("corridor").GetProperty("stops").GetArrayLength());
        Assert.Contains("Green along the road", page, StringComparison.Ordinal);
    }

    // Independent of the product's own reader: every vehicle of the route file, looked up in the trip file.
    private static double MeanDelay(string trips, double end)
    {
        var entered = XDocument.Load(trips).Root!.Elements("tripinfo").Where(t => Number(t, "depart") >= 0).ToDictionary(t => t.Attribute("id")!.Value);
        return XDocument.Load(Path.Combine(Checkout.FourArm, "four-arm.rou.xml")).Root!.Elements()
            .Where(v => v.Name.LocalName is "vehicle" or "trip" && Number(v, "depart") < end)
            .Average(v => entered.TryGetValue(v.Attribute("id")!.Value, out var trip)
                ? Number(trip, "timeLoss") + Number(trip, "departDelay")
                : end - Number(v, "depart"));
    }

    private static double Number(XElement element, string name) => double.Parse(element.Attribute(name)!.Value, CultureInfo.InvariantCulture);
}
