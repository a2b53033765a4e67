using System.Text;

namespace TrafficAI.EventLog.Tests;

/// <summary>What every <see cref="IEventLog"/> does. An adapter for another store passes it unchanged.</summary>
public abstract partial class LogContract : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected IEventLog Log { get; private set; } = null!;

    /// <summary>Opens an empty log, or the one that was closed before if it lasts.</summary>
    protected abstract ValueTask<IEventLog> OpenAsync();

    public async ValueTask InitializeAsync() => Log = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Revisions_count_from_zero_within_a_stream()
    {
        Assert.Equal(-1, await Log.HeadAsync("a", Cancel));
        Assert.Equal(0, await Log.AppendAsync("a", ExpectedRevision.NoStream, Event("one"), Cancel));
        Assert.Equal(2, await Log.AppendAsync("a", 0, Events("two", "three"), Cancel));
        Assert.Equal(0, await Log.AppendAsync("b", ExpectedRevision.NoStream, Event("four"), Cancel));
        Assert.Equal(3, await Log.AppendAsync("a", ExpectedRevision.Any, Event("five"), Cancel));
        Assert.Equal(["0 one", "1 two", "2 three", "3 five"], await TextsAsync("a"));
        Assert.Equal(3, await Log.HeadAsync("a", Cancel));
        Assert.Equal(0, await Log.HeadAsync("b", Cancel));
    }

    [Fact]
    public async Task An_event_comes_back_as_it_went_in()
    {
        var payload = new byte[] { 0, 1, 255, 128 };
        var sent = new EventData(Guid.NewGuid(), "lamp-changed.v1", payload);
        await Log.AppendAsync("a", -1, sent, Cancel);
        payload[0] = 99;

        var got = await Log.ReadLastAsync("a", Cancel);

        Assert.NotNull(got);
        Assert.Equal(("a", 0L, "lamp-changed.v1", sent.Id), (got.Stream, got.Revision, got.Type, got.Id));
        Assert.Equal([0, 1, 255, 128], got.Payload.ToArray());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(7, 1)]
    public async Task A_wrong_expectation_writes_nothing(long expected, long actual)
    {
        await Log.AppendAsync("a", -1, Events("one", "two"), Cancel);

        var refusal = await Assert.ThrowsAsync<WrongExpectedRevisionException>(
            async () => await Log.AppendAsync("a", expected, Events("three", "four"), Cancel));

        Assert.Equal(("a", expected, actual), (refusal.Stream, refusal.Expected, refusal.Actual));
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(["0 one", "1 two"], await TextsAsync("a"));
    }

    [Fact]
    public async Task A_stream_that_does_not_exist_is_not_at_revision_zero()
    {
        var refusal = await Assert.ThrowsAsync<WrongExpectedRevisionException>(async () => await Log.AppendAsync("a", 0, Event("one"), Cancel));

        Assert.Equal(-1, refusal.Actual);
        Assert.Empty(await StreamsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeat_is_harmless(bool derivedIds)
    {
        await Log.AppendAsync("a", -1, derivedIds ? Derived("a", 0, "zero") : Events("zero"), Cancel);
        var append = derivedIds ? Derived("a", 1, "one", "two") : Events("one", "two");
        Assert.Equal(2, await Log.AppendAsync("a", 0, append, Cancel));
        Assert.Equal(3, await Log.AppendAsync("a", 2, derivedIds ? Derived("a", 3, "three") : Events("three"), Cancel));

        Assert.Equal(2, await Log.AppendAsync("a", 0, append, Cancel));
        Assert.Equal(2, await Log.AppendAsync("a", ExpectedRevision.Any, append, Cancel));
        await Log.FlushAsync(Cancel);
        Assert.Equal(2, await Log.AppendAsync("a", 0, append, Cancel));

        Assert.Equal(["0 zero", "1 one", "2 two", "3 three"], await TextsAsync("a"));
    }

    [Fact]
    public async Task The_same_id_in_another_stream_is_another_event()
    {
        var append = Events("one");
        await Log.AppendAsync("a", -1, append, Cancel);
        Assert.Equal(0, await Log.AppendAsync("b", -1, append, Cancel));
        Assert.Equal(["0 one"], await TextsAsync("b"));
    }

    [Fact]
    public async Task Half_a_repeat_is_refused()
    {
        var (one, two) = (Event("one"), Event("two"));
        await Log.AppendAsync("a", -1, one, Cancel);

        await Assert.ThrowsAsync<WrongExpectedRevisionException>(async () => await Log.AppendAsync("a", -1, new[] { one, two }, Cancel));
        await Assert.ThrowsAsync<WrongExpectedRevisionException>(
            async () => await Log.AppendAsync("a", ExpectedRevision.Any, new[] { one, two }, Cancel));
        Assert.Equal(["0 one"], await TextsAsync("a"));
    }

    [Fact]
    public async Task Two_writers_with_derived_ids_are_told_apart_by_content()
    {
        await Log.AppendAsync("a", -1, Derived("a", 0, "mine"), Cancel);

        await Assert.ThrowsAsync<WrongExpectedRevisionException>(async () => await Log.AppendAsync("a", -1, Derived("a", 0, "yours"), Cancel));
        Assert.Equal(["0 mine"], await TextsAsync("a"));
    }

    [Fact]
    public async Task An_id_twice_in_one_append_is_an_error()
    {
        var one = Event("one");
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync("a", -1, new[] { one, one }, Cancel));
        Assert.Equal(-1, await Log.HeadAsync("a", Cancel));
    }

    [Fact]
    public async Task Reading_starts_where_it_is_told()
    {
        await Log.AppendAsync("a", -1, Events([.. Enumerable.Range(0, 1_500).Select(i => $"n{i}")]), Cancel);

        Assert.Equal(["1498 n1498", "1499 n1499"], await TextsAsync("a", 1_498));
        Assert.Equal(1_500, (await TextsAsync("a")).Length);
        Assert.Empty(await TextsAsync("a", 1_500));
        Assert.Equal(["2 n2", "1 n1", "0 n0"], await Log.ReadBackwardsAsync("a", 2, Cancel).Select(Line).ToArrayAsync(Cancel));
        Assert.Equal(1_500, await Log.ReadBackwardsAsync("a", cancel: Cancel).CountAsync(Cancel));
        Assert.Equal(1_499, (await Log.ReadLastAsync("a", Cancel))?.Revision);
    }

    [Fact]
    public async Task An_unknown_stream_gives_nothing()
    {
        await Log.AppendAsync("a", -1, Event("one"), Cancel);
        Assert.Empty(await TextsAsync("b"));
        Assert.Null(await Log.ReadLastAsync("b", Cancel));
        Assert.Equal(-1, await Log.HeadAsync("b", Cancel));
        Assert.Equal(["a"], await StreamsAsync());
    }

    [Fact]
    public async Task Positions_order_all_events()
    {
        foreach (var stream in new[] { "b", "a", "c", "a", "b" })
        {
            await Log.AppendAsync(stream, ExpectedRevision.Any, Event(stream), Cancel);
            await Log.FlushAsync(Cancel);
        }

        var all = await Log.ReadAllAsync(0, Cancel).ToArrayAsync(Cancel);

        Assert.Equal(["b0", "a0", "c0", "a1", "b1"], all.Select(e => $"{e.Stream}{e.Revision}"));
        Assert.Equal(all.Select(e => e.Position).Order().Distinct(), all.Select(e => e.Position));
        Assert.Equal(["a1", "b1"], await Log.ReadAllAsync(all[2].Position + 1, Cancel).Select(e => $"{e.Stream}{e.Revision}").ToArrayAsync(Cancel));
    }

    [Fact]
    public async Task An_empty_append_checks_the_expectation_and_writes_nothing()
    {
        Assert.Equal(-1, await Log.AppendAsync("a", -1, Events(), Cancel));
        Assert.Equal(-1, await Log.AppendAsync("a", ExpectedRevision.Any, Events(), Cancel));
        await Assert.ThrowsAsync<WrongExpectedRevisionException>(async () => await Log.AppendAsync("a", 0, Events(), Cancel));
        await Log.AppendAsync("a", -1, Event("one"), Cancel);
        Assert.Equal(0, await Log.AppendAsync("a", 0, Events(), Cancel));
        Assert.Equal(["0 one"], await TextsAsync("a"));
    }

    [Fact]
    public async Task An_empty_payload_stays_empty()
    {
        await Log.AppendAsync("a", -1, new EventData(Guid.NewGuid(), "nothing.v1", default), Cancel);
        Assert.Equal(0, (await Log.ReadLastAsync("a", Cancel))!.Payload.Length);
    }

    [Fact]
    public async Task An_append_of_the_limit_is_taken_and_one_byte_more_is_refused()
    {
        const string Type = "file.v1";
        var payload = new byte[AppendLimits.MaxAppendBytes - 16 - Type.Length];
        new Random(1).NextBytes(payload);
        await Log.AppendAsync("a", -1, new EventData(Guid.NewGuid(), Type, payload), Cancel);
        await Log.AppendAsync("a", 0, new EventData(Guid.NewGuid(), Type, payload), Cancel);

        await Assert.ThrowsAsync<ArgumentException>(
            async () => await Log.AppendAsync("a", 1, new EventData(Guid.NewGuid(), Type, new byte[payload.Length + 1]), Cancel));

        var read = await Log.ReadAsync("a", cancel: Cancel).ToArrayAsync(Cancel);
        Assert.Equal(2, read.Length);
        Assert.All(read, e => Assert.True(e.Payload.Span.SequenceEqual(payload)));
    }

    [Fact]
    public async Task Names_may_be_of_any_script()
    {
        string[] names = ["inputs-Абай%20даңғылы", "交差点", "ｆullwidth", "🚦", "a b", "e\u0301", "\u00e9", "A", "a"];
        foreach (var name in names)
            await Log.AppendAsync(name, -1, new EventData(Guid.NewGuid(), "түр.v1", Encoding.UTF8.GetBytes(name)), Cancel);

        Assert.Equal(names.Order(StringComparer.Ordinal), await StreamsAsync());
        foreach (var name in names)
            Assert.Equal(name, Encoding.UTF8.GetString((await Log.ReadLastAsync(name, Cancel))!.Payload.Span));
    }

    [Fact]
    public async Task A_name_that_no_store_could_keep_is_an_error()
    {
        foreach (var name in new[] { "", "half a pair \ud800", "nul \0", new string('x', AppendLimits.MaxNameLength + 1) })
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Log.AppendAsync(name, -1, Event("one"), Cancel));
            await Assert.ThrowsAnyAsync<ArgumentException>(
                async () => await Log.AppendAsync("a", -1, new EventData(Guid.NewGuid(), name, default), Cancel));
        }
    }

    [Fact]
    public async Task There_may_be_thousands_of_streams()
    {
        for (var i = 0; i < 3_000; i++)
            await Log.AppendAsync($"inputs-{i}", -1, Event($"{i}"), Cancel);

        Assert.Equal(3_000, (await StreamsAsync()).Length);
        Assert.Equal(["0 2999"], await TextsAsync("inputs-2999"));
    }

    [Fact]
    public async Task Eight_threads_append_to_their_own_streams_and_to_one_of_all()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 200; i++)
            {
                Assert.Equal(i, await Log.AppendAsync($"own-{thread}", i - 1, Derived($"own-{thread}", i, $"{i}"), Cancel));
                await Log.AppendAsync("shared", ExpectedRevision.Any, Event($"{thread}:{i}"), Cancel);
                if (i % 50 == 0) await Log.FlushAsync(Cancel);
            }
        }, Cancel)));
        await Log.FlushAsync(Cancel);

        var shared = await Log.ReadAsync("shared", cancel: Cancel).ToArrayAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, 1_600).Select(i => (long)i), shared.Select(e => e.Revision));
        for (var thread = 0; thread < 8; thread++)
        {
            var mine = shared.Select(e => Text(e)).Where(t => t.StartsWith($"{thread}:", StringComparison.Ordinal));
            Assert.Equal(Enumerable.Range(0, 200).Select(i => $"{thread}:{i}"), mine);
        }
        Assert.Equal(3_200, await Log.ReadAllAsync(0, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Of_eight_threads_with_one_expectation_one_wins()
    {
        var won = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                try
                {
                    await Log.AppendAsync("a", i - 1, Event($"{thread}"), Cancel);
                    Interlocked.Increment(ref won);
                }
                catch (WrongExpectedRevisionException refusal)
                {
                    Assert.NotEqual(refusal.Expected, refusal.Actual);
                }
            }
        }, Cancel)));

        Assert.Equal(await Log.HeadAsync("a", Cancel) + 1, won);
        Assert.Equal(won, (await TextsAsync("a")).Length);
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_does_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.AppendAsync("a", -1, Event("one"), cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.HeadAsync("a", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.FlushAsync(cancelled));
        Assert.Equal(-1, await Log.HeadAsync("a", Cancel));

        await Log.AppendAsync("a", -1, Events("one", "two"), Cancel);
        await Log.FlushAsync(Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.ReadAsync("a", 0, cancelled).CountAsync(Cancel));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Log.ReadAllAsync(0, cancelled).CountAsync(Cancel));
    }

    [Fact]
    public async Task A_reader_may_append_while_it_reads()
    {
        await Log.AppendAsync("a", -1, Events("one", "two"), Cancel);
        await foreach (var @event in Log.ReadAsync("a", cancel: Cancel))
            await Log.AppendAsync("b", ExpectedRevision.Any, Event(Text(@event)), Cancel);
        Assert.Equal(["0 one", "1 two"], await TextsAsync("b"));
    }

    [Fact]
    public async Task A_disposed_log_says_so()
    {
        await Log.DisposeAsync();
        await Log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Log.AppendAsync("a", -1, Event("one"), Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Log.ReadAsync("a", cancel: Cancel).CountAsync(Cancel));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Log.HeadAsync("a", Cancel));
    }

    // Computed by another program from the definition in LogHash and StreamIds.
    private const string PinnedHash = "7b85f20075cfd8aabcd3194481e0b4c3f278e76a07aad9b9d6bac6992be32a2c";

    [Fact]
    public async Task The_hash_pins_what_a_log_says()
    {
        await Log.AppendAsync("a", -1, Derived("a", 0, "one", "two"), Cancel);
        await Log.AppendAsync("b", -1, Derived("b", 0, "three"), Cancel);
        await Log.FlushAsync(Cancel);
        Assert.Equal(PinnedHash, await LogHash.ComputeAsync(Log, Cancel));
    }

    protected async ValueTask ReopenAsync()
    {
        await Log.DisposeAsync();
        Log = await OpenAsync();
    }

    protected static EventData Event(string text) => new(Guid.NewGuid(), "text.v1", Encoding.UTF8.GetBytes(text));

    protected static EventData[] Events(params string[] texts) => [.. texts.Select(Event)];

    protected static EventData[] Derived(string stream, long revision, params string[] texts) =>
        [.. texts.Select((text, i) => Event(text) with { Id = StreamIds.Derive(stream, revision + i) })];

    protected static string Text(RecordedEvent @event) => Encoding.UTF8.GetString(@event.Payload.Span);

    private static string Line(RecordedEvent @event) => $"{@event.Revision} {Text(@event)}";

    protected async Task<string[]> TextsAsync(string stream, long from = 0) =>
        await Log.ReadAsync(stream, from, Cancel).Select(Line).ToArrayAsync(Cancel);

    private async Task<string[]> StreamsAsync() => await Log.StreamsAsync(Cancel).ToArrayAsync(Cancel);
}
