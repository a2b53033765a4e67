namespace TrafficAI.EventLog.Tests;

/// <summary>An adapter that has nothing but what it must have: what the interface brings along is tested with it.</summary>
public sealed class PlainLogTests : LogContract
{
    protected override ValueTask<IEventLog> OpenAsync() => new(new PlainLog(new MemoryEventLog()));

    private sealed class PlainLog(IEventLog inner) : IEventLog
    {
        public ValueTask<long> AppendAsync(string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel) =>
            inner.AppendAsync(stream, expectedRevision, events, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision, CancellationToken cancel) => inner.ReadAsync(stream, fromRevision, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(string stream, long fromRevision, CancellationToken cancel) =>
            inner.ReadBackwardsAsync(stream, fromRevision, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition, CancellationToken cancel) => inner.ReadAllAsync(fromPosition, cancel);

        public IAsyncEnumerable<string> StreamsAsync(CancellationToken cancel) => inner.StreamsAsync(cancel);

        public ValueTask<long> HeadAsync(string stream, CancellationToken cancel) => inner.HeadAsync(stream, cancel);

        public ValueTask FlushAsync(CancellationToken cancel) => inner.FlushAsync(cancel);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
