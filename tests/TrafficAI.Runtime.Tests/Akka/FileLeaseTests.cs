using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;
using TrafficAI.Akka;

namespace TrafficAI.Runtime.Tests.Akka;

public sealed class FileLeaseTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-lease").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task One_holds_it_until_he_lets_go()
    {
        var configuration = ConfigurationFactory.ParseString($$"""
            akka.loglevel = OFF
            akka.stdout-loglevel = OFF
            trafficai-lease {
              lease-class = "{{typeof(FileLease).AssemblyQualifiedName}}"
              path = "{{Path.Combine(folder, "lease")}}"
            }
            """);
        using var system = ActorSystem.Create("lease", configuration);
        var (one, other) = (LeaseOf(system, "one"), LeaseOf(system, "other"));
        Assert.True(await one.Acquire());
        Assert.True(await one.Acquire());
        Assert.False(await other.Acquire());
        Assert.Equal((true, false), (one.CheckLease(), other.CheckLease()));
        Assert.True(await one.Release());
        Assert.True(await other.Acquire(_ => { }));
        Assert.Equal((false, true), (one.CheckLease(), other.CheckLease()));
    }

    private static Lease LeaseOf(ActorSystem system, string owner) => LeaseProvider.Get(system).GetLease("nodes", "trafficai-lease", owner);
}
