namespace TrafficAI.EventLog;

/// <summary>Short ways to read a log.</summary>
public static class EventLogReading
{
    /// <summary>The last event of a stream, or null if the stream does not exist.</summary>
    public static async ValueTask<RecordedEvent?> ReadLastAsync(this IEventLog log, string stream, CancellationToken cancel = default)
    {
        await foreach (var last in log.ReadBackwardsAsync(stream, cancel: cancel))
            return last;
        return null;
    }

    /// <summary>Appends one event; see <see cref="IEventLog.AppendAsync"/>.</summary>
    public static ValueTask<long> AppendAsync(
        this IEventLog log, string stream, long expectedRevision, EventData @event, CancellationToken cancel = default) =>
        log.AppendAsync(stream, expectedRevision, new[] { @event }, cancel);
}
