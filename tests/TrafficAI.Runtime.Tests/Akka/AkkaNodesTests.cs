using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TrafficAI.Akka;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime.Tests.Akka;

/// <summary>Two nodes in one process, on loopback.</summary>
public sealed class AkkaNodesTests : IDisposable
{
    private const int Parts = 6;

    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-nodes").FullName;
    private readonly ConcurrentQueue<string> wrong = new();
    private readonly ConcurrentDictionary<int, int> servers = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_nodes_share_the_parts_tell_each_other_and_hand_over_in_order()
    {
        ImmutableArray<NodeAddress> seeds = [new("127.0.0.1", FreePort()), new("127.0.0.1", FreePort())];
        var (first, second) = (new Node(this), new Node(this));
        await using var one = AkkaNodes.Run(new(seeds[0], seeds[0], seeds, Path.Combine(folder, "lease")), first.Work);
        await UntilAsync(() => first.Serves.Count == Parts);
        await using (var two = AkkaNodes.Run(new(seeds[1], seeds[1], seeds, Path.Combine(folder, "lease")), second.Work))
        {
            await UntilAsync(() => second.Serves.Count == Parts / 2 && first.Serves.Count == Parts / 2);
            var theirs = second.Serves.Keys.First();
            await UntilAsync(() => !second.Heard.IsEmpty, () => one.Post(theirs, [new(17, new Forecast(4, 100, [new(3)]))]));
            Assert.True(second.Heard.TryPeek(out var heard));
            Assert.Equal((theirs, 17, 4, 100L, 3), (heard.Part, heard.Telling.To, heard.Telling.Forecast.From, heard.Telling.Forecast.Second, heard.Telling.Forecast.Links[0].Entered));
        }

        await UntilAsync(() => first.Serves.Count == Parts);
        Assert.Empty(second.Serves);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_part_that_cannot_be_served_is_tried_again()
    {
        var (place, tries) = (new NodeAddress("127.0.0.1", FreePort()), 0);
        var work = new NodeWork(1, (_, _) => Interlocked.Increment(ref tries) % 2 == 0 ? Task.CompletedTask : throw new InvalidOperationException("not now"), (_, _) => { }, wrong.Enqueue);
        await using var node = AkkaNodes.Run(new(place, place, [place], Path.Combine(folder, "lease")), work);
        await UntilAsync(() => Volatile.Read(ref tries) >= 4);
        Assert.Contains("part 1 of 1: not served: not now", wrong);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilAsync(Func<bool> holds, Action? meanwhile = null)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 1_200, "it did not come about within 60 s");
            meanwhile?.Invoke();
            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>What one node serves and hears.</summary>
    private sealed class Node(AkkaNodesTests test)
    {
        public ConcurrentDictionary<int, bool> Serves { get; } = new();

        public ConcurrentQueue<(int Part, Telling Telling)> Heard { get; } = new();

        public NodeWork Work => new(Parts, ServeAsync, (part, tellings) => Heard.Enqueue((part, tellings[0])), _ => { });

        private async Task ServeAsync(int part, CancellationToken stop)
        {
            if (test.servers.AddOrUpdate(part, 1, (_, others) => others + 1) > 1) test.wrong.Enqueue($"two serve part {part}");
            Serves[part] = true;
            await Task.Delay(Timeout.Infinite, stop).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await Task.Delay(100, CancellationToken.None);
            Serves.TryRemove(part, out _);
            test.servers.AddOrUpdate(part, 0, (_, others) => others - 1);
        }
    }
}
