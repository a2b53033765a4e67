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

public sealed class SqliteEventLogOnFsyncTests : SqliteEventLogTests
{
    protected override Durability Durability => Durability.OnFsync;
}
