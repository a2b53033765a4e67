namespace TrafficAI.EventLog.Tests;

public sealed class OrderedMemoryLogTests : LogContract
{
    protected override bool Lasts => false;

    protected override ValueTask<IEventLog> OpenAsync() => new(new OrderedLog(new MemoryEventLog()));
}

public sealed class OrderedSqliteLogTests : LogContract
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
