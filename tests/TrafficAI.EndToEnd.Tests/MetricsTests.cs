using TrafficAI.Metrics.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>The command writes metrics to a real store, and says what became of them.</summary>
public sealed class MetricsTests : IDisposable
{
    private readonly Checkout files = new();
    private readonly InfluxProcess store = new();

    public void Dispose()
    {
        store.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task A_simulated_run_leaves_a_point_for_each_minute_whether_the_store_was_there_or_not()
    {
        string[] simulate = ["simulate", Checkout.FourArm, "--engine", "builtin", "--end", "600", "--metrics", $"{store.Address}&buffer={files.File("buffer")}"];
        using (var away = await Command.RunAsync(simulate))
        {
            Assert.True(away.ExitCode == 0, away.Errors);
            Assert.Contains($"0 points sent to {store.Address}, 0 refused, 0 dropped, 10 wait in {files.File("buffer")} for the next run", away.Errors, StringComparison.Ordinal);
        }

        await store.StartAsync();
        using var there = await Command.RunAsync([.. simulate, "--seed", "2"]);
        Assert.Contains($"20 points sent to {store.Address}, 0 refused, 0 dropped\n", there.Errors, StringComparison.Ordinal);
        var frames = await store.ReadAsync("intersection", "frames");
        Assert.Equal(20, frames.Count);
        Assert.All(frames, stored => Assert.Equal((60.0, "centre"), (stored.Value, stored.Tag)));
        Assert.Equal(10, frames.Select(stored => stored.UnixSeconds).Distinct().Count());
    }

    [Fact]
    public Task An_address_with_a_secret_in_it_is_refused_without_quoting_it() =>
        Command.RefusedAsync("before the host", "simulate", Checkout.FourArm, "--end", "60", "--metrics", "influxdb://me:secret@localhost/city");
}
