using System.Globalization;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Faults;
using TrafficAI.Runtime.Tests;
using TrafficAI.Signals;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>What a log tells of a controller that broke a safety rule: here one whose interphases lack their last second.</summary>
public sealed class AlarmTests : IDisposable
{
    private readonly Checkout files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_violation_is_read_back_by_every_command_that_reads_a_log()
    {
        var path = files.File("run.db");
        await RecordAsync(path, 200);
        using var show = await Command.RunAsync("log", "show", path, "intersection-centre");
        var line = Assert.Single(show.Output.Split('\n'), l => l.Contains("violation-found.v1", StringComparison.Ordinal));
        var alarm = JsonDocument.Parse(line[line.IndexOf('{', StringComparison.Ordinal)..]).RootElement;
        using var frames = await Command.RunAsync("log", "show", path, "inputs-centre");
        Assert.Contains($"\"violation\":\"{alarm.GetProperty("text").GetString()}\"", frames.Output, StringComparison.Ordinal);

        using var verify = await Command.RunAsync("replay", path, "--verify");
        Assert.True(verify.ExitCode == 0, verify.Output + verify.Errors);
        using var check = await Command.RunAsync("check", path);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);

        var second = alarm.GetProperty("second").GetInt64();
        using var before = await MomentAsync(path, second - 1);
        Assert.DoesNotContain("ALARM", before.Output, StringComparison.Ordinal);
        using var after = await MomentAsync(path, second + 30);
        Assert.Contains($"  ALARM     {alarm.GetProperty("text").GetString()}; nothing is planned until", after.Output, StringComparison.Ordinal);
        Assert.Contains("flashing amber after a fault", after.Output, StringComparison.Ordinal);
        using var explained = await Command.RunAsync("explain", path, "--at", $"{second + 30}");
        Assert.Contains("\nThe signals flash amber after a fault.", explained.Output, StringComparison.Ordinal);
        Assert.Contains($"\nALARM since {TimeSpan.FromSeconds(second):c}: ", explained.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\nDecided", explained.Output, StringComparison.Ordinal);
    }

    private static Task<Command> MomentAsync(string path, long second) =>
        Command.RunAsync("replay", path, "--at", TimeSpan.FromSeconds(second).ToString("c", CultureInfo.InvariantCulture));

    private static async Task RecordAsync(string path, long end)
    {
        var site = ScriptedStreet.FourArm;
        var options = new DecisionOptions("adaptive", 0);
        await using var log = new OrderedLog(EventLogUri.Open(path, EventLogMode.Create));
        var header = new RunHeader(
            RunHeader.ThisBuild, "hasty", "scripted", options.Strategy, ControlClass.RPlus, Sensing.Full, options.LatencySeconds, options.LeaseSeconds,
            options.Epoch, 1, 1, "", 0, end, "four-arm.net.xml");
        var network = await File.ReadAllBytesAsync(Path.Combine(Checkout.FourArm, "four-arm.net.xml"), Cancel);
        await new SiteRecord(header, network).WriteAsync(log, Cancel);
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(site.Models[0], options, log, bus);
        using var street = new LockstepStreet(new ScriptedStreet(site, 4, end), site.Network, [site.Signals[0].Hasty()], bus, FaultSpec.None, 4);
        await using var host = new ActorHost([actor], bus, 1);
        await street.RunAsync(host, log, null, Cancel);
        await host.EndAsync(end);
        await RunEnded.WriteAsync(log, end, actor.Ends, Cancel);
        await log.FlushAsync(Cancel);
    }
}
