namespace TrafficAI.EventLog.Tests;

public class SqliteEventLogTests : LastingLogContract
{
    private readonly TemporaryFolder folder = new();

    protected virtual Durability Durability => Durability.OnWrite;

    protected override ValueTask<IEventLog> OpenAsync() =>
        new(EventLogUri.Open("sqlite:" + folder.File("log.db"), EventLogMode.Append, Durability));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>A subscriber never sees what a killed process would take back.</summary>
public sealed class SqliteSubscriptionTests
{
    [Fact]
    public async Task What_is_not_committed_is_not_seen()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var log = EventLogUri.Open(folder.File("log.db"), EventLogMode.Append);
        await using var all = log.SubscribeAllAsync(0, cancel).GetAsyncEnumerator(cancel);
        await log.AppendAsync("a", -1, new EventData(Guid.NewGuid(), "text.v1", default), cancel);
        var waiting = all.MoveNextAsync().AsTask();
        await Task.Delay(250, cancel);
        Assert.False(waiting.IsCompleted);
        Assert.Equal(1, await log.ReadAllAsync(0, cancel).CountAsync(cancel));
        await log.FlushAsync(cancel);
        Assert.True(await waiting);
    }
}

public sealed class SqliteEventLogOnFsyncTests : SqliteEventLogTests
{
    protected override Durability Durability => Durability.OnFsync;
}
