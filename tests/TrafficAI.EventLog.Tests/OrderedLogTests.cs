namespace TrafficAI.EventLog.Tests;

public sealed class OrderedMemoryLogTests : LogContract
{
    protected override ValueTask<IEventLog> OpenAsync() => new(new OrderedLog(new MemoryEventLog()));
}

public sealed class OrderedSqliteLogTests : LastingLogContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<IEventLog> OpenAsync() => new(new OrderedLog(EventLogUri.Open(folder.File("log.db"), EventLogMode.Append)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class OrderedLogTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_is_the_same_bytes_for_any_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        foreach (var threads in new[] { 1, 2, 8 })
            await RunAsync(folder.File($"{threads}.db"), threads);

        var expected = await File.ReadAllBytesAsync(folder.File("1.db"), Cancel);
        Assert.Equal(expected, await File.ReadAllBytesAsync(folder.File("2.db"), Cancel));
        Assert.Equal(expected, await File.ReadAllBytesAsync(folder.File("8.db"), Cancel));
    }

    [Fact]
    public async Task A_tick_is_written_by_stream_then_revision()
    {
        await using var inner = new MemoryEventLog();
        await using var log = new OrderedLog(inner);
        foreach (var stream in new[] { "b", "a", "b", "B" })
            await log.AppendAsync(stream, ExpectedRevision.Any, Event(stream), Cancel);

        Assert.Equal(0, await inner.ReadAllAsync(0, Cancel).CountAsync(Cancel));
        Assert.Equal(1, await log.HeadAsync("b", Cancel));
        Assert.All(await log.ReadAsync("b", 0, Cancel).ToArrayAsync(Cancel), e => Assert.Equal(RecordedEvent.NoPosition, e.Position));
        await log.CommitTickAsync(Cancel);
        await log.AppendAsync("a", 0, Event("next tick"), Cancel);
        await log.CommitTickAsync(Cancel);

        var order = await inner.ReadAllAsync(0, Cancel).Select(e => $"{e.Stream}{e.Revision}").ToArrayAsync(Cancel);
        Assert.Equal(["B0", "a0", "b0", "b1", "a1"], order);
    }

    [Fact]
    public async Task Reading_sees_each_event_once_while_ticks_end()
    {
        await using var log = new OrderedLog(new MemoryEventLog());
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 3_000; i++)
            {
                await log.AppendAsync("a", i - 1, Event($"{i}"), Cancel);
                if (i % 3 == 0) await log.CommitTickAsync(Cancel);
            }
        }, Cancel);
        do
        {
            var revisions = await log.ReadAsync("a", 0, Cancel).Select(e => e.Revision).ToArrayAsync(Cancel);
            Assert.Equal(Enumerable.Range(0, revisions.Length).Select(i => (long)i), revisions);
            var backwards = await log.ReadBackwardsAsync("a", long.MaxValue, Cancel).Select(e => e.Revision).ToArrayAsync(Cancel);
            Assert.Equal(Enumerable.Range(0, backwards.Length).Select(i => (long)i).Reverse(), backwards);
        }
        while (!writing.IsCompleted);
        await writing;
    }

    private static async Task RunAsync(string path, int threads)
    {
        await using var log = new OrderedLog(EventLogUri.Open(path, EventLogMode.Create));
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = Cancel };
        for (var tick = 0; tick < 60; tick++)
        {
            await Parallel.ForAsync(0, 40, options, async (actor, cancel) =>
            {
                var (inputs, decisions) = ($"inputs-{actor}", $"intersection-{actor}");
                await log.AppendAsync(inputs, tick - 1, new EventData(StreamIds.Derive(inputs, tick), "frame.v1", new byte[actor * tick]), cancel);
                var head = await log.HeadAsync(decisions, cancel);
                if ((actor + tick) % 3 == 0)
                    await log.AppendAsync(decisions, head, new EventData(StreamIds.Derive(decisions, head + 1), $"t{tick % 5}.v1", default), cancel);
            });
            await log.FlushAsync(Cancel);
        }
    }

    private static EventData Event(string text) => new(Guid.NewGuid(), "text.v1", System.Text.Encoding.UTF8.GetBytes(text));
}
