namespace TrafficAI.EventLog;

/// <summary>An append-only log of events in named streams: no more than EventStoreDB can do, so that any such store fits behind it.</summary>
/// <remarks>
/// <para>Revisions count from 0 within a stream, without gaps. Positions order all events of the log and may have gaps. No transaction
/// spans streams. The log stores no time of its own: equal appends give equal logs.</para>
/// <para>All members may be called from several threads at once. After <c>DisposeAsync</c> they throw
/// <see cref="ObjectDisposedException"/>; when the storage itself fails they throw <see cref="EventLogException"/>.</para>
/// </remarks>
public interface IEventLog : IAsyncDisposable
{
    /// <summary>Adds events to the end of a stream, all or none. The payloads may be reused once the append has completed.</summary>
    /// <param name="stream">Name of the stream: 1 to <see cref="AppendLimits.MaxNameLength"/> characters.</param>
    /// <param name="expectedRevision">Revision of the last event that the caller knows, −1 (<see cref="ExpectedRevision.NoStream"/>) for a
    /// stream that does not exist yet, or <see cref="ExpectedRevision.Any"/>.</param>
    /// <param name="events">What to add; together at most <see cref="AppendLimits.MaxAppendBytes"/>. When empty, only the expectation
    /// is checked.</param>
    /// <returns>Revision of the last of <paramref name="events"/>; of the stream's last event (or −1) when there are none.</returns>
    /// <remarks>A repeat is harmless: when all these ids are in the stream already, in this order, side by side and with the same types
    /// and payloads, nothing is written, whatever the expectation, and the earlier revision is returned.</remarks>
    /// <exception cref="WrongExpectedRevisionException">The stream ends elsewhere, or holds some of the ids with other content.
    /// Nothing was written.</exception>
    /// <exception cref="ArgumentException">A name or the size is outside its limits, or an id occurs twice in the append.</exception>
    ValueTask<long> AppendAsync(string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default);

    /// <summary>The events of a stream by rising revision, own uncommitted ones included; none if the stream does not exist. A reading
    /// ends when it has caught up: what is appended meanwhile is read too.</summary>
    /// <param name="fromRevision">The first revision wanted; 0 or more.</param>
    IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision = 0, CancellationToken cancel = default);

    /// <summary>The events of a stream by falling revision; none if the stream does not exist.</summary>
    /// <param name="fromRevision">The highest revision wanted; by default the last event of the stream.</param>
    IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(string stream, long fromRevision = long.MaxValue, CancellationToken cancel = default);

    /// <summary>The events of all streams by rising position.</summary>
    /// <param name="fromPosition">The first position wanted; 0 or more. To go on reading later: the last position seen, plus one.</param>
    IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancel = default);

    /// <summary>The events of all streams by rising position, then each new one when it has been committed, until it is cancelled. What
    /// other processes commit is seen a moment later.</summary>
    /// <param name="fromPosition">The first position wanted. Who keeps the last position dealt with goes on from it, plus one, with
    /// nothing doubled and nothing left out.</param>
    /// <exception cref="OperationCanceledException">It was cancelled: the only good end.</exception>
    IAsyncEnumerable<RecordedEvent> SubscribeAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        CatchUp.PollAsync(from => ReadAllAsync(from, cancel), e => e.Position, fromPosition, cancel);

    /// <summary>The events of a stream by rising revision, then each new one when it has been committed; the stream may not exist
    /// yet. Like <see cref="SubscribeAllAsync"/>.</summary>
    /// <param name="fromRevision">The first revision wanted.</param>
    /// <exception cref="OperationCanceledException">It was cancelled: the only good end.</exception>
    IAsyncEnumerable<RecordedEvent> SubscribeAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) =>
        CatchUp.PollAsync(from => ReadAsync(stream, from, cancel), e => e.Revision, fromRevision, cancel);

    /// <summary>The names of all streams that hold an event, in ordinal order.</summary>
    IAsyncEnumerable<string> StreamsAsync(CancellationToken cancel = default);

    /// <summary>Revision of the stream's last event, or −1 if the stream does not exist.</summary>
    ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default);

    /// <summary>Commits everything appended so far, so that other processes see it and a killed process leaves it behind.</summary>
    ValueTask FlushAsync(CancellationToken cancel = default);
}
