using System.Runtime.CompilerServices;
using EventStore.Client;
using TrafficAI.EventLog;

namespace TrafficAI.EventStoreDB;

/// <summary>Follows the server from a place that we keep ourselves; when the connection breaks it goes on from there.</summary>
internal static class Subscription
{
    /// <param name="begin">Subscribes from a place on.</param>
    /// <param name="place">The place of an event.</param>
    public static async IAsyncEnumerable<RecordedEvent> FollowAsync(
        StoreCalls calls, Func<long, CancellationToken, IAsyncEnumerable<ResolvedEvent>> begin, Func<ResolvedEvent, RecordedEvent> read, Func<RecordedEvent, long> place,
        long from, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var events = new Events(calls, begin, Math.Max(0, from));
        while (await events.NextAsync(cancel) is { } stored)
        {
            var @event = read(stored);
            if (place(@event) < events.From) continue;
            events.From = place(@event) + 1;
            yield return @event;
        }
    }

    /// <summary>One subscription after the other.</summary>
    private sealed class Events(StoreCalls calls, Func<long, CancellationToken, IAsyncEnumerable<ResolvedEvent>> begin, long from) : IAsyncDisposable
    {
        private readonly CancellationTokenSource over = new();
        private IAsyncEnumerator<ResolvedEvent>? running;

        /// <summary>Where the next subscription begins.</summary>
        public long From { get; set; } = from;

        public async Task<ResolvedEvent?> NextAsync(CancellationToken cancel) => await calls.CallAsync<ResolvedEvent?>(
            async ended =>
            {
                await using var registration = ended.Register(over.Cancel);
                running ??= begin(From, over.Token).GetAsyncEnumerator(over.Token);
                try
                {
                    if (await running.MoveNextAsync()) return running.Current;
                    throw new Grpc.Core.RpcException(new(Grpc.Core.StatusCode.Unavailable, "the server has ended the subscription"));
                }
                catch
                {
                    await running.DisposeAsync();
                    running = null;
                    throw;
                }
            },
            cancel);

        public async ValueTask DisposeAsync()
        {
            if (running is not null) await running.DisposeAsync();
            over.Dispose();
        }
    }
}
