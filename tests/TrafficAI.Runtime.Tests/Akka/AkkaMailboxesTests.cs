using TrafficAI.Akka;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Faults;

namespace TrafficAI.Runtime.Tests.Akka;

public sealed class AkkaMailboxTests() : MailboxContract(AkkaMailboxes.Run);

public sealed class AkkaLockstepTests() : LockstepContract(AkkaMailboxes.Run);

public sealed class SameLogTests
{
    [Fact]
    public async Task Akka_and_channels_write_the_same_bytes()
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-same-log").FullName;
        try
        {
            var (channels, akka) = (Path.Combine(folder, "channels.db"), Path.Combine(folder, "akka.db"));
            await RunAsync(ChannelMailboxes.Run, channels, threads: 1);
            await RunAsync(AkkaMailboxes.Run, akka, threads: 3);
            var stop = TestContext.Current.CancellationToken;
            Assert.Equal(await File.ReadAllBytesAsync(channels, stop), await File.ReadAllBytesAsync(akka, stop));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(MailboxHost mailboxes, string path, int threads)
    {
        var stop = TestContext.Current.CancellationToken;
        var site = ScriptedStreet.FourArm;
        await using var log = new OrderedLog(EventLogUri.Open(path, EventLogMode.Create));
        await using var bus = new InprocBus();
        var options = new DecisionOptions("adaptive", 1);
        var actors = site.Models.Select(model => new IntersectionActor(model, options, log, bus)).ToList();
        using var street = new LockstepStreet(
            new ScriptedStreet(site, 4, 300), site.Network, site.Signals, bus, FaultSpec.Parse("loss=10%,delay=2s,dup=5%"), 4);
        await using var host = new ActorHost(actors, bus, threads, host: mailboxes);
        await street.RunAsync(host, log, null, stop);
        await host.EndAsync(300);
    }
}
