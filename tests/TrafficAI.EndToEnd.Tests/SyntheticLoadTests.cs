using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>A made-up city behind a real broker, a connection for each controller.</summary>
public sealed class SyntheticLoadTests : IDisposable
{
    private readonly FieldSite<Broker> site = new(new());

    private string Bus => $"mqtt://127.0.0.1:{site.Broker.Port}/load";

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task Every_frame_of_every_controller_gets_its_plan()
    {
        using var made = await Command.RunAsync("controllers", site.File("city"), "--synthetic", "12");
        Assert.True(made.ExitCode == 0, made.Errors);
        using var serve = Command.Start([], "serve", "--bus", Bus, "--log", site.File("load.db"), "--site", site.File("city/site.yaml"));
        await serve.SaysAsync("12 intersections at mqtt://");
        using var load = await Command.RunAsync("controllers", site.File("city"), "--synthetic", "12", "--bus", Bus, "--end", "5");
        Assert.True(load.ExitCode == 0, load.Output + load.Errors);
        Assert.Contains("frames          60 sent, 0 without a plan, 0 without a connection", load.Output, StringComparison.Ordinal);
        Assert.Contains("plans           60 accepted, 0 others", load.Output, StringComparison.Ordinal);
        await serve.StopAsync();
        Assert.Contains("answers         60: half within ", serve.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_load_goes_to_this_machine_only_and_to_the_city_that_is_there()
    {
        using var made = await Command.RunAsync("controllers", site.File("city"), "--synthetic", "2");
        Assert.True(made.ExitCode == 0, made.Errors);
        await Command.RefusedAsync("a broker on this machine only", "controllers", site.File("city"), "--synthetic", "2", "--bus", "mqtt://broker.example/load");
        await Command.RefusedAsync("holds 2 intersections, not 3", "controllers", site.File("city"), "--synthetic", "3", "--bus", Bus);
        await Command.RefusedAsync("--synthetic", "controllers", site.File("city"), "--synthetic", "0", "--bus", Bus);
    }
}
