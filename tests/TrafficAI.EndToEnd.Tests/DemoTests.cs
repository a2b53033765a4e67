namespace TrafficAI.EndToEnd.Tests;

/// <summary>The demonstration, on a machine without SUMO.</summary>
public sealed class DemoTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task It_needs_no_Sumo_shows_both_streets_and_leaves_a_log_that_replays()
    {
        var log = files.File("demo.db");
        using var demo = Command.Start([("SUMO_BINARY", "/nowhere/sumo")], "demo", Checkout.Corridor, "--duration", "300", "--log", log);
        await demo.EndAsync();
        Assert.True(demo.ExitCode == 0, demo.Errors);
        foreach (var part in (string[])["00:05:00  fixed: ", "adaptive: ", "mean delay, s ", "of 351", $"trafficai replay {log} --verify", $"explain {log} --intersection J1"])
            Assert.Contains(part, demo.Output, StringComparison.Ordinal);

        using var replay = await Command.RunAsync("replay", log, "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_demand_that_cannot_be_read_is_refused_in_one_line()
    {
        var folder = files.File("broken");
        Directory.CreateDirectory(folder);
        foreach (var name in (string[])["four-arm.net.xml", "four-arm.ped.xml", "four-arm.sumocfg"]) File.Copy(Path.Combine(Checkout.FourArm, name), Path.Combine(folder, name));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "four-arm.rou.xml"), "<routes>\n<trip id=\"a\" from=\"west_exit\" to=\"east_exit\" depart=\"0\"/>\n</routes>", TestContext.Current.CancellationToken);
        await Command.RefusedAsync("four-arm.rou.xml, line 2: <trip> 'a' finds no way from edge 'west_exit' to edge 'east_exit'", "demo", folder, "--log", files.File("no.db"));
    }
}
