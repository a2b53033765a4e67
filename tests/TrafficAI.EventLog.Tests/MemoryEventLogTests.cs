namespace TrafficAI.EventLog.Tests;

public sealed class MemoryEventLogTests : LogContract
{
    protected override bool Lasts => false;

    protected override ValueTask<IEventLog> OpenAsync() => new(EventLogUri.Open("memory:", EventLogMode.Create));
}
