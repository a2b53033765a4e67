using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using TrafficAI.Optimisation.Forecasts;
using TrafficAI.Runtime;

namespace TrafficAI.Akka;

/// <summary>A node of an Akka.NET cluster, whose sharding says which node serves which part of the site. Each part is an entity that the cluster remembers: when its node
/// goes, it begins elsewhere without being asked.</summary>
/// <remarks>When nodes no longer hear one another, the one that gets the lease goes on; the other leaves the cluster, lets go of its parts, and joins again.</remarks>
public sealed class AkkaNodes : INodes
{
    /// <summary>The longest wait for parts to be handed over.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan PauseToJoin = TimeSpan.FromSeconds(1);

    /// <summary>Who was put out waits so long for the others, then begins without them: where they serve, the locks of the logs keep it from doing so.</summary>
    private static readonly TimeSpan PatienceToJoin = TimeSpan.FromMinutes(1);

    private readonly NodePlace place;
    private readonly NodeWork work;
    private readonly PartsHere here;
    private readonly CancellationTokenSource disposed = new();
    private readonly Task living;
    private volatile Membership now;

    private AkkaNodes(NodePlace place, NodeWork work)
    {
        (this.place, this.work) = (place, work);
        here = new(work);
        now = Start();
        now.Cluster.JoinSeedNodes(AddressesOf(place.Seeds));
        living = LiveAsync();
    }

    /// <summary>Begins to take part.</summary>
    public static INodes Run(NodePlace place, NodeWork work) => new AkkaNodes(place, work);

    /// <inheritdoc/>
    public void Post(int part, ImmutableArray<Telling> tellings)
    {
        foreach (var telling in tellings) now.Region.Tell(Told.Of(part, telling));
    }

    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        await CoordinatedShutdown.Get(now.System).Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance);
        await living;
        await here.EndAsync();
        disposed.Dispose();
    }

    private Membership Start()
    {
        var system = ActorSystem.Create(ClusterSettings.System, ClusterSettings.For(place, Patience));
        var settings = ClusterShardingSettings.Create(system).WithRememberEntities(true);
        var allocation = ClusterSharding.Get(system).DefaultShardAllocationStrategy(settings);
        var region = ClusterSharding.Get(system).Start(
            "parts", number => Props.Create(() => new PartShell(PartExtractor.NumberOf(number), here)), settings, new PartExtractor(), allocation, HandOver.Instance);
        var cluster = Cluster.Get(system);
        cluster.RegisterOnMemberUp(() =>
        {
            for (var part = 0; part < work.Parts; part++) region.Tell(new ShardRegion.StartEntity(PartExtractor.NameOf(part)));
        });
        return new(system, cluster, region);
    }

    private static IEnumerable<Address> AddressesOf(IEnumerable<NodeAddress> nodes) => nodes.Select(node => new Address("akka.tcp", ClusterSettings.System, node.Host, node.Port));

    // The first seed may begin alone; who joins again asks the others first.
    private async Task JoinAgainAsync()
    {
        now = Start();
        var others = place.Seeds.Where(seed => seed != place.Own).ToImmutableArray();
        if (!others.IsEmpty && await JoinsAsync(others)) return;
        if (disposed.IsCancellationRequested) return;
        work.Say("no other node answers; this one begins without them");
        now.Cluster.Join(now.Cluster.SelfAddress);
    }

    private async Task<bool> JoinsAsync(ImmutableArray<NodeAddress> others)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(disposed.Token);
        patience.CancelAfter(PatienceToJoin);
        try
        {
            await now.Cluster.JoinSeedNodesAsync(AddressesOf(others), patience.Token);
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or ClusterJoinFailedException)
        {
            return false;
        }
    }

    /// <summary>Joins again whenever the cluster has put this node out.</summary>
    private async Task LiveAsync()
    {
        while (true)
        {
            await now.System.WhenTerminated;
            if (disposed.IsCancellationRequested) return;
            work.Say("this node was put out of the cluster, since the others did not hear it; it lets go of its parts and joins again");
            await here.EndAsync();
            await Task.Delay(PauseToJoin);
            if (!disposed.IsCancellationRequested) await JoinAgainAsync();
        }
    }

    private sealed record Membership(ActorSystem System, Cluster Cluster, IActorRef Region);
}
