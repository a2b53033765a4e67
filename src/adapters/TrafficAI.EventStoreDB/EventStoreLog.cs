using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EventStore.Client;
using TrafficAI.EventLog;
using EventData = TrafficAI.EventLog.EventData;

namespace TrafficAI.EventStoreDB;

/// <summary>A log in an EventStoreDB, among other logs. An append is on the server's disk when it has been acknowledged.</summary>
/// <remarks>Positions are the server's commit positions. The names of its streams are found by reading all its events.</remarks>
public sealed class EventStoreLog : IEventLog
{
    private const int PageSize = 500;
    private const string Begun = "log-begun";

    private readonly EventStoreAddress address;
    private readonly EventStoreClient client;
    private readonly StoreCalls calls;
    private readonly bool isReadOnly;
    private readonly ConcurrentDictionary<string, StoredEvents> streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChosenIds> chosen = new(StringComparer.Ordinal);

    private EventStoreLog(EventStoreAddress address, bool isReadOnly)
    {
        (this.address, this.isReadOnly) = (address, isReadOnly);
        client = new(address.Settings());
        calls = new(address);
    }

    private IEventFilter Own => StreamFilter.Prefix(StoredEvents.PrefixOf(address.Log));

    /// <summary>Opens a log.</summary>
    /// <param name="uri">See docs/adapters.md.</param>
    /// <exception cref="EventLogException">The address is none, the server does not answer, or the log cannot be opened so.</exception>
    public static async Task<IEventLog> OpenAsync(string uri, EventLogMode mode, CancellationToken cancel)
    {
        var log = new EventStoreLog(EventStoreAddress.Parse(uri), mode == EventLogMode.OpenExisting);
        try
        {
            await log.BeginAsync(mode, cancel);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deletes a log for good; its name cannot be used again.</summary>
    /// <exception cref="EventLogException">The server does not answer.</exception>
    public static async Task DeleteAsync(string uri, CancellationToken cancel)
    {
        await using var log = new EventStoreLog(EventStoreAddress.Parse(uri), isReadOnly: false);
        await foreach (var stream in log.StreamsAsync(cancel))
            await log.calls.CallAsync(ended => log.client.TombstoneAsync(log.Of(stream).Name, StreamState.Any, cancellationToken: ended), cancel);
        await log.calls.CallAsync(ended => log.client.TombstoneAsync(log.Beginning, StreamState.Any, cancellationToken: ended), cancel);
    }

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default)
    {
        AppendRule.CheckLimits(stream, expectedRevision, events.Span);
        if (isReadOnly) throw new EventLogException($"{address}: it was opened to be read.");
        if (expectedRevision != ExpectedRevision.Any && !events.IsEmpty && Of(stream).AreDerivedAfter(expectedRevision, events.Span))
            return await AppendExactAsync(stream, expectedRevision, events, cancel);
        return await chosen.GetOrAdd(stream, name => new(new Exact(this), name)).AppendAsync(expectedRevision, events, cancel);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var next = Math.Max(0, fromRevision); ;)
        {
            var page = await PageAsync(stream, Direction.Forwards, StreamPosition.FromInt64(next), cancel);
            foreach (var @event in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return @event;
                next = @event.Revision + 1;
            }

            if (page.Count == 0) yield break;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(
        string stream, long fromRevision = long.MaxValue, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var next = Math.Min(fromRevision, await HeadAsync(stream, cancel)); next >= 0;)
        {
            var page = await PageAsync(stream, Direction.Backwards, StreamPosition.FromInt64(next), cancel);
            if (page.Count == 0) yield break;
            foreach (var @event in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return @event;
                next = @event.Revision - 1;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        for (var next = Math.Max(0, fromPosition); ;)
        {
            var page = await PageOfAllAsync(next, cancel);
            foreach (var @event in page)
            {
                cancel.ThrowIfCancellationRequested();
                yield return @event;
                next = @event.Position + 1;
            }

            if (page.Count == 0) yield break;
        }
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> SubscribeAllAsync(long fromPosition = 0, CancellationToken cancel = default)
    {
        var options = new SubscriptionFilterOptions(Own);
        return Subscription.FollowAsync(
            calls, (next, ended) => client.SubscribeToAll(next == 0 ? FromAll.Start : FromAll.After(At(next - 1)), filterOptions: options, cancellationToken: ended),
            Read, @event => @event.Position, fromPosition, cancel);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> SubscribeAsync(string stream, long fromRevision = 0, CancellationToken cancel = default)
    {
        var stored = Of(stream);
        return Subscription.FollowAsync(
            calls, (next, ended) => client.SubscribeToStream(stored.Name, next == 0 ? FromStream.Start : FromStream.After(StreamPosition.FromInt64(next - 1)), cancellationToken: ended),
            stored.Read, @event => @event.Revision, fromRevision, cancel);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> StreamsAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var @event in ReadAllAsync(0, cancel)) names.Add(@event.Stream);
        foreach (var name in names) yield return name;
    }

    /// <inheritdoc/>
    public ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default) => HeadOfAsync(Of(stream).Name, cancel);

    /// <summary>Nothing is left to do: what was acknowledged is on the disk.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel = default) => await calls.CallAsync(_ => Task.FromResult(0), cancel);

    public async ValueTask DisposeAsync()
    {
        if (calls.IsDisposed) return;
        calls.Dispose();
        foreach (var stream in chosen.Values) stream.Dispose();
        await client.DisposeAsync();
    }

    private string Beginning => $"{address.Log}!";

    private async Task BeginAsync(EventLogMode mode, CancellationToken cancel)
    {
        var exists = await HeadOfAsync(Beginning, cancel) >= 0;
        if (exists && mode == EventLogMode.Create) throw Exists();
        if (!exists && mode == EventLogMode.OpenExisting) throw new EventLogException($"{address}: there is no such log. Check its name, and the server's.");
        if (exists) return;
        try
        {
            var begun = new EventStore.Client.EventData(Uuid.NewUuid(), Begun, "{}"u8.ToArray());
            await calls.CallAsync(ended => client.AppendToStreamAsync(Beginning, StreamState.NoStream, [begun], cancellationToken: ended), cancel);
        }
        catch (WrongExpectedVersionException) when (mode == EventLogMode.Append)
        {
            // Somebody else has begun it just now.
        }
        catch (WrongExpectedVersionException)
        {
            throw Exists();
        }
    }

    private EventLogException Exists() => new($"{address}: there is such a log already. Choose another name.");

    private StoredEvents Of(string stream) => streams.GetOrAdd(stream, static (name, log) => new(log, name), address.Log);

    private RecordedEvent Read(ResolvedEvent stored) => Of(stored.OriginalStreamId[StoredEvents.PrefixOf(address.Log).Length..]).Read(stored);

    private static Position At(long position) => new((ulong)position, (ulong)position);

    private async ValueTask<long> AppendExactAsync(string stream, long expected, ReadOnlyMemory<EventData> events, CancellationToken cancel)
    {
        var stored = Of(stream);
        var data = stored.Write(expected + 1, events.Span);
        try
        {
            var written = await calls.CallAsync(
                ended => expected == ExpectedRevision.NoStream
                    ? client.AppendToStreamAsync(stored.Name, StreamState.NoStream, data, cancellationToken: ended)
                    : client.AppendToStreamAsync(stored.Name, StreamRevision.FromInt64(expected), data, cancellationToken: ended),
                cancel);
            if (expected == ExpectedRevision.NoStream) await RetainAsync(stream, cancel);
            return written.NextExpectedStreamRevision.ToInt64();
        }
        catch (WrongExpectedVersionException)
        {
            throw new WrongExpectedRevisionException(stream, expected, await HeadAsync(stream, cancel));
        }
    }

    private async Task RetainAsync(string stream, CancellationToken cancel)
    {
        if (address.Retained is not { } prefix || !stream.StartsWith(prefix, StringComparison.Ordinal)) return;
        var metadata = new StreamMetadata(maxAge: address.Retention);
        await calls.CallAsync(ended => client.SetStreamMetadataAsync(Of(stream).Name, StreamState.Any, metadata, cancellationToken: ended), cancel);
    }

    private async ValueTask<long> HeadOfAsync(string name, CancellationToken cancel) => await calls.CallAsync(
        async ended =>
        {
            await using var last = client.ReadStreamAsync(Direction.Backwards, name, StreamPosition.End, 1, cancellationToken: ended).GetAsyncEnumerator(ended);
            try
            {
                return await last.MoveNextAsync() ? last.Current.OriginalEventNumber.ToInt64() : -1;
            }
            catch (StreamNotFoundException)
            {
                return -1;
            }
        },
        cancel);

    private Task<List<RecordedEvent>> PageAsync(string stream, Direction direction, StreamPosition from, CancellationToken cancel)
    {
        var stored = Of(stream);
        return calls.CallAsync(
            async ended =>
            {
                var page = client.ReadStreamAsync(direction, stored.Name, from, PageSize, cancellationToken: ended);
                return await page.ReadState == ReadState.StreamNotFound ? [] : await ListAsync(page, stored.Read, ended);
            },
            cancel);
    }

    // The server starts at an event, never between two: at the one before.
    private Task<List<RecordedEvent>> PageOfAllAsync(long from, CancellationToken cancel) => calls.CallAsync(
        async ended =>
        {
            var page = client.ReadAllAsync(Direction.Forwards, from == 0 ? Position.Start : At(from - 1), Own, PageSize, cancellationToken: ended);
            var events = await ListAsync(page, Read, ended);
            events.RemoveAll(@event => @event.Position < from);
            return events;
        },
        cancel);

    private static async Task<List<RecordedEvent>> ListAsync(IAsyncEnumerable<ResolvedEvent> page, Func<ResolvedEvent, RecordedEvent> read, CancellationToken cancel)
    {
        var events = new List<RecordedEvent>();
        await foreach (var stored in page.WithCancellation(cancel)) events.Add(read(stored));
        return events;
    }

    /// <summary>The same log with the server's own rule of appending, where an expectation is a revision.</summary>
    private sealed class Exact(EventStoreLog log) : IEventLog
    {
        public ValueTask<long> AppendAsync(string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default) =>
            log.AppendExactAsync(stream, expectedRevision, events, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) => log.ReadAsync(stream, fromRevision, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(string stream, long fromRevision = long.MaxValue, CancellationToken cancel = default) =>
            log.ReadBackwardsAsync(stream, fromRevision, cancel);

        public IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancel = default) => log.ReadAllAsync(fromPosition, cancel);

        public IAsyncEnumerable<string> StreamsAsync(CancellationToken cancel = default) => log.StreamsAsync(cancel);

        public ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default) => log.HeadAsync(stream, cancel);

        public ValueTask FlushAsync(CancellationToken cancel = default) => log.FlushAsync(cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
