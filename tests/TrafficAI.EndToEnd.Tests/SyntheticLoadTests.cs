using System.Diagnostics;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A made-up city behind a real broker, a connection for each controller.</summary>
public sealed class SyntheticLoadTests : IDisposable
{
    private readonly Checkout files = new();
    private readonly Broker broker = new();

    private string Bus => $"mqtt://127.0.0.1:{broker.Port}/load";

    public void Dispose()
    {
        broker.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task Every_frame_of_every_controller_gets_its_plan()
    {
        using var made = await Command.RunAsync("controllers", files.File("city"), "--synthetic", "12");
        Assert.True(made.ExitCode == 0, made.Errors);
        using var serve = Command.Start([], "serve", "--bus", Bus, "--log", files.File("load.db"), "--site", files.File("city/site.yaml"));
        await serve.SaysAsync("12 intersections at mqtt://");
        using var load = await Command.RunAsync("controllers", files.File("city"), "--synthetic", "12", "--bus", Bus, "--end", "5");
        Assert.True(load.ExitCode == 0, load.Output + load.Errors);
        Assert.Contains("frames          60 sent, 0 without a plan, 0 without a connection", load.Output, StringComparison.Ordinal);
        Assert.Contains("plans           60 accepted, 0 others", load.Output, StringComparison.Ordinal);
        using (var kill = Process.Start("kill", ["-TERM", $"{serve.ProcessId}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await serve.EndAsync();
        Assert.Contains("answers         60: half within ", serve.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_goes_to_this_machine_only_and_to_the_city_that_is_there()
    {
        using var made = await Command.RunAsync("controllers", files.File("city"), "--synthetic", "2");
        Assert.True(made.ExitCode == 0, made.Errors);
        await RefusedAsync("a broker on this machine only", files.File("city"), "--synthetic", "2", "--bus", "mqtt://broker.example/load");
        await RefusedAsync("holds 2 intersections, not 3", files.File("city"), "--synthetic", "3", "--bus", Bus);
        await RefusedAsync("--synthetic", files.File("city"), "--synthetic", "0", "--bus", Bus);
    }

    private static async Task RefusedAsync(string part, params string[] arguments)
    {
        using var run = await Command.RunAsync(["controllers", .. arguments]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(part, Assert.Single(run.Complaints), StringComparison.Ordinal);
    }
}
