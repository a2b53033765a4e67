namespace TrafficAI.EventLog.Tests;

public sealed class MemoryEventLogTests : LogContract
{
    protected override ValueTask<IEventLog> OpenAsync() => new(EventLogUri.Open("memory:", EventLogMode.Create));
}
