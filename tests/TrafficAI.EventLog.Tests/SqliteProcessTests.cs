using TrafficAI.EventLog.Writer;

namespace TrafficAI.EventLog.Tests;

/// <summary>A log file shared with another process, or left behind by one that was killed.</summary>
public sealed class SqliteProcessTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LogPath => folder.File("log.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Durability.OnWrite, 1)]
    [InlineData(Durability.OnFsync, 2)]
    public async Task A_killed_writer_leaves_all_that_it_acknowledged_and_nothing_torn(Durability durability, int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 5; round++)
        {
            using var writer = new WriterProcess(LogPath, durability);
            var acknowledged = await writer.AcknowledgedAsync(random.Next(1, 60), Cancel);
            await Task.Delay(random.Next(0, 20), Cancel);
            acknowledged = await writer.KillAsync(acknowledged, Cancel);

            await using var log = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
            Assert.InRange(await CheckPrefixAsync(log), acknowledged, long.MaxValue);
        }

        await using (EventLogUri.Open(LogPath, EventLogMode.Append)) { }
        Assert.Equal(["log.db"], folder.Files());
    }

    [Fact]
    public async Task A_log_can_be_read_while_another_process_writes_it()
    {
        using var writer = new WriterProcess(LogPath, Durability.OnWrite);
        await writer.AcknowledgedAsync(1, Cancel);
        await using var log = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        for (var i = 0; i < 10; i++)
        {
            var acknowledged = await writer.AcknowledgedAsync(5, Cancel);
            Assert.InRange(await CheckPrefixAsync(log), acknowledged, long.MaxValue);
        }
        await Assert.ThrowsAsync<EventLogException>(async () => await log.AppendAsync("a", -1, Script.EventAt(0, 0), Cancel));
    }

    [Fact]
    public async Task A_subscriber_sees_what_another_process_commits()
    {
        using var writer = new WriterProcess(LogPath, Durability.OnWrite);
        await writer.AcknowledgedAsync(1, Cancel);
        await using var log = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        await using var all = log.SubscribeAllAsync(0, Cancel).GetAsyncEnumerator(Cancel);
        for (var count = 0L; count < 400; count++)
        {
            Assert.True(await all.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), Cancel));
            Assert.Equal(count, all.Current.Position);
        }
    }

    [Fact]
    public async Task A_second_writer_is_refused_while_the_first_lives()
    {
        using var writer = new WriterProcess(LogPath, Durability.OnWrite);
        await writer.AcknowledgedAsync(1, Cancel);
        var refusal = Assert.Throws<EventLogException>(() => EventLogUri.Open(LogPath, EventLogMode.Append));
        Assert.StartsWith($"{LogPath}: the log is locked", refusal.Message, StringComparison.Ordinal);

        await writer.KillAsync(0, Cancel);
        await using var log = EventLogUri.Open(LogPath, EventLogMode.Append);
        await CheckPrefixAsync(log);
    }

    // The writer deals events to its streams in turn, so a clean prefix has just one shape.
    private static async Task<long> CheckPrefixAsync(IEventLog log)
    {
        var count = 0L;
        await foreach (var @event in log.ReadAllAsync(cancel: Cancel))
        {
            var (stream, revision) = ((int)(count % Script.Streams), count / Script.Streams);
            var expected = Script.EventAt(stream, revision);
            Assert.Equal((count, Script.StreamName(stream), revision), (@event.Position, @event.Stream, @event.Revision));
            Assert.Equal((expected.Id, expected.Type), (@event.Id, @event.Type));
            Assert.True(expected.Payload.Span.SequenceEqual(@event.Payload.Span));
            count++;
        }
        return count;
    }
}
