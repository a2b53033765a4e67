namespace TrafficAI.EventLog.Tests;

public abstract partial class LogContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_subscriber_gets_what_is_there_and_then_what_comes()
    {
        await Log.AppendAsync("a", -1, Events("one", "two"), Cancel);
        await Log.FlushAsync(Cancel);
        await using var all = Log.SubscribeAllAsync(0, Cancel).GetAsyncEnumerator(Cancel);
        await using var one = Log.SubscribeAsync("b", 1, Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal(["a0 one", "a1 two"], await NextAsync(all, 2));

        var waiting = NextAsync(all, 3);
        var waitingForOne = NextAsync(one, 1);
        await Task.Delay(30, Cancel);
        Assert.False(waiting.IsCompleted);
        await Log.AppendAsync("b", -1, Events("three", "four"), Cancel);
        await Log.FlushAsync(Cancel);
        await Log.AppendAsync("a", 1, Event("five"), Cancel);
        await Log.FlushAsync(Cancel);

        Assert.Equal(["b0 three", "b1 four", "a2 five"], await waiting);
        Assert.Equal(["b1 four"], await waitingForOne);
    }

    [Fact]
    public async Task A_subscriber_goes_on_from_its_checkpoint()
    {
        await Log.AppendAsync("a", -1, Events("one", "two", "three"), Cancel);
        await Log.FlushAsync(Cancel);
        var checkpoint = (await Log.ReadAllAsync(0, Cancel).ToArrayAsync(Cancel))[1].Position;
        await using var all = Log.SubscribeAllAsync(checkpoint + 1, Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal(["a2 three"], await NextAsync(all, 1));
    }

    [Fact]
    public async Task A_subscriber_sees_each_event_once_and_in_order_while_many_append()
    {
        await using var all = Log.SubscribeAllAsync(0, Cancel).GetAsyncEnumerator(Cancel);
        var seen = Task.Run(async () =>
        {
            var events = new List<RecordedEvent>();
            while (events.Count < 800 && await all.MoveNextAsync().AsTask().WaitAsync(Patience, Cancel)) events.Add(all.Current);
            return events;
        }, Cancel);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(s => Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
            {
                await Log.AppendAsync($"s{s}", i - 1, Event($"{i}"), Cancel);
                if (i % 7 == 0) await Log.FlushAsync(Cancel);
            }
        }, Cancel)));
        await Log.FlushAsync(Cancel);

        var got = await seen;
        Assert.Equal(got.Select(e => e.Position).Order().Distinct(), got.Select(e => e.Position));
        foreach (var stream in got.GroupBy(e => e.Stream))
            Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), stream.Select(e => e.Revision));
        Assert.Equal(8, got.Select(e => e.Stream).Distinct().Count());
    }

    [Fact]
    public async Task A_subscription_ends_when_it_is_cancelled()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var all = Log.SubscribeAllAsync(0, enough.Token).GetAsyncEnumerator(enough.Token);
        var waiting = all.MoveNextAsync().AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience, Cancel));
    }

    [Fact]
    public async Task A_subscription_ends_with_its_log()
    {
        await using var all = Log.SubscribeAllAsync(0, Cancel).GetAsyncEnumerator(Cancel);
        var waiting = all.MoveNextAsync().AsTask();
        await Log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting.WaitAsync(Patience, Cancel));
    }

    private static async Task<string[]> NextAsync(IAsyncEnumerator<RecordedEvent> events, int count)
    {
        var lines = new string[count];
        for (var i = 0; i < count; i++)
        {
            Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience, Cancel));
            lines[i] = $"{events.Current.Stream}{events.Current.Revision} {Text(events.Current)}";
        }
        return lines;
    }
}
