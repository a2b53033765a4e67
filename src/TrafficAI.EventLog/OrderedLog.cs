using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace TrafficAI.EventLog;

/// <summary>Makes the order of a log independent of threads: what is appended during a tick gets its revision at once, is held, and goes
/// to the inner log at the end of the tick, by stream (ordinal), then revision.</summary>
/// <remarks>
/// <para>It must be the only writer of the inner log, which it disposes. Reading a stream shows what is held, with
/// <see cref="RecordedEvent.NoPosition"/>; reading all shows what has been handed over. Nothing that is held survives the process.</para>
/// <para>Appends that run while <see cref="CommitTickAsync"/> does belong to either tick, so a lock-step run lets all answer first.</para>
/// </remarks>
public sealed class OrderedLog(IEventLog inner) : IEventLog
{
    private readonly ConcurrentDictionary<string, HeldStream> streams = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim handingOver = new(1, 1);
    private volatile bool disposed;

    /// <inheritdoc/>
    public async ValueTask<long> AppendAsync(
        string stream, long expectedRevision, ReadOnlyMemory<EventData> events, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        AppendRule.CheckLimits(stream, expectedRevision, events.Span);
        return await (await StreamAsync(stream, cancel)).AppendAsync(expectedRevision, events, cancel);
    }

    /// <summary>Ends a tick: hands everything held to the inner log, in order. Does not flush that one.</summary>
    /// <exception cref="WrongExpectedRevisionException">Somebody else has written to the inner log.</exception>
    public async ValueTask CommitTickAsync(CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        await handingOver.WaitAsync(cancel);
        try
        {
            foreach (var stream in streams.Values.Where(s => s.HoldsAny).OrderBy(s => s.Name, StringComparer.Ordinal))
                await stream.HandOverAsync(cancel);
        }
        finally
        {
            handingOver.Release();
        }
    }

    /// <summary>Ends the tick (<see cref="CommitTickAsync"/>) and flushes the inner log.</summary>
    public async ValueTask FlushAsync(CancellationToken cancel = default)
    {
        await CommitTickAsync(cancel);
        await inner.FlushAsync(cancel);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> ReadAsync(
        string stream, long fromRevision = 0, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var target = await StreamAsync(stream, cancel);
        var next = Math.Max(0, fromRevision);
        while (next <= target.Head)
        {
            await foreach (var @event in inner.ReadAsync(stream, next, cancel))
            {
                yield return @event;
                next = @event.Revision + 1;
            }
            foreach (var @event in target.HeldFrom(next))
            {
                cancel.ThrowIfCancellationRequested();
                if (@event.Revision != next) break; // a tick has ended in between: the inner log has what is missing
                yield return @event;
                next++;
            }
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<RecordedEvent> ReadBackwardsAsync(
        string stream, long fromRevision = long.MaxValue, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var target = await StreamAsync(stream, cancel);
        var next = fromRevision;
        foreach (var @event in target.HeldFrom(0).AsEnumerable().Reverse().Where(e => e.Revision <= fromRevision))
        {
            cancel.ThrowIfCancellationRequested();
            yield return @event;
            next = @event.Revision - 1;
        }
        if (next < 0) yield break;
        await foreach (var @event in inner.ReadBackwardsAsync(stream, next, cancel))
            yield return @event;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordedEvent> ReadAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        inner.ReadAllAsync(fromPosition, cancel);

    /// <summary>What has been handed over and committed, and what will be.</summary>
    public IAsyncEnumerable<RecordedEvent> SubscribeAllAsync(long fromPosition = 0, CancellationToken cancel = default) =>
        inner.SubscribeAllAsync(fromPosition, cancel);

    /// <summary>What has been handed over and committed, and what will be.</summary>
    public IAsyncEnumerable<RecordedEvent> SubscribeAsync(string stream, long fromRevision = 0, CancellationToken cancel = default) =>
        inner.SubscribeAsync(stream, fromRevision, cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> StreamsAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var names = new SortedSet<string>(streams.Values.Where(s => s.Head >= 0).Select(s => s.Name), StringComparer.Ordinal);
        await foreach (var name in inner.StreamsAsync(cancel))
            names.Add(name);
        foreach (var name in names)
            yield return name;
    }

    /// <inheritdoc/>
    public async ValueTask<long> HeadAsync(string stream, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
        return (await StreamAsync(stream, cancel)).Head;
    }

    /// <summary>Hands over what is held, and disposes the inner log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (disposed) return;
        try
        {
            await CommitTickAsync();
        }
        finally
        {
            disposed = true;
            await inner.DisposeAsync();
            handingOver.Dispose();
            foreach (var stream in streams.Values)
                stream.Dispose();
        }
    }

    private async ValueTask<HeldStream> StreamAsync(string stream, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (streams.TryGetValue(stream, out var known)) return known;
        var head = await inner.HeadAsync(stream, cancel);
        return streams.GetOrAdd(stream, new HeldStream(inner, stream, head));
    }
}
