using TrafficAI.EventLog;

namespace TrafficAI.Runtime.Tests;

/// <summary>A log in memory where something happens before each append: it waits, or fails.</summary>
internal sealed class TroubledLog(Func<Task> before) : IEventLog
{
    private readonly MemoryEventLog inner = new();

    public async ValueTask<long> AppendAsync(string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default)
    {
        await before();
        return await inner.AppendAsync(stream, expectedRevision, events, cancel);
    }

    public IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) => inner.ReadAsync(stream, fromRevision, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(string stream, long fromRevision = long.MaxValue, CancellationToken cancel = default) =>
        inner.ReadBackwardsAsync(stream, fromRevision, cancel);

    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancel = default) => inner.ReadAllAsync(fromPosition, cancel);

    public IAsyncEnumerable<string> StreamsAsync(CancellationToken cancel = default) => inner.StreamsAsync(cancel);

    public ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default) => inner.HeadAsync(stream, cancel);

    public ValueTask FlushAsync(CancellationToken cancel = default) => inner.FlushAsync(cancel);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
