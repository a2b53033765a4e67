using System.Text;
using TrafficAI.EventLog.Sqlite;

namespace TrafficAI.EventLog.Tests;

/// <summary>What is on the disk, and what is said of files that are not logs.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string LogPath => folder.File("log.db");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Durability.OnWrite)]
    [InlineData(Durability.OnFsync)]
    public async Task A_closed_log_is_one_file_whose_copy_can_be_read(Durability durability)
    {
        var hash = await WriteAsync(LogPath, 5_000, durability);
        Assert.Equal(["log.db"], folder.Files());
        File.Copy(LogPath, folder.File("copy.db"));
        File.SetAttributes(folder.File("copy.db"), FileAttributes.ReadOnly);

        await using (var copy = EventLogUri.Open(folder.File("copy.db"), EventLogMode.OpenExisting))
            Assert.Equal(hash, await LogHash.ComputeAsync(copy, Cancel));

        Assert.Equal(["copy.db", "log.db"], folder.Files());
    }

    [Fact]
    public async Task A_reader_that_stays_does_not_keep_events_out_of_the_file()
    {
        await WriteAsync(LogPath, 10, Durability.OnWrite);
        string hash;
        await using (var writer = EventLogUri.Open(LogPath, EventLogMode.Append))
        await using (var reader = EventLogUri.Open(LogPath, EventLogMode.OpenExisting))
        {
            await writer.AppendAsync("late", -1, Event(0), Cancel);
            Assert.Equal(10, await reader.ReadAllAsync(0, Cancel).CountAsync(Cancel));
            await writer.FlushAsync(Cancel);
            Assert.Equal(11, await reader.ReadAllAsync(0, Cancel).CountAsync(Cancel));
            Assert.Contains("late", await reader.StreamsAsync(Cancel).ToArrayAsync(Cancel));
            hash = await LogHash.ComputeAsync(reader, Cancel);
            await writer.DisposeAsync();
            Assert.Equal(0, await reader.HeadAsync("late", Cancel));
        }
        File.Copy(LogPath, folder.File("copy.db"));
        await using var copy = EventLogUri.Open(folder.File("copy.db"), EventLogMode.OpenExisting);
        Assert.Equal(hash, await LogHash.ComputeAsync(copy, Cancel));
    }

    [Fact]
    public async Task Equal_appends_give_equal_bytes()
    {
        var first = await WriteAsync(folder.File("1.db"), 3_000, Durability.OnWrite);
        var second = await WriteAsync(folder.File("2.db"), 3_000, Durability.OnWrite);
        Assert.Equal(first, second);
        Assert.True(File.ReadAllBytes(folder.File("1.db")).AsSpan().SequenceEqual(File.ReadAllBytes(folder.File("2.db"))));
    }

    [Fact]
    public async Task Create_takes_no_log_that_holds_events()
    {
        await using (EventLogUri.Open(LogPath, EventLogMode.Create)) { }
        await using (var log = EventLogUri.Open(LogPath, EventLogMode.Create))
            await log.AppendAsync("a", -1, Event(0), Cancel);
        Refused(LogPath, EventLogMode.Create, "a log with 1 events is already there");
        await using var still = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        Assert.Equal(0, await still.HeadAsync("a", Cancel));
    }

    [Fact]
    public void A_file_that_is_not_there_is_not_made_by_reading()
    {
        Refused(LogPath, EventLogMode.OpenExisting, "there is no such file");
        Refused(folder.File("no/log.db"), EventLogMode.Append, "folder does not exist");
        Assert.Empty(folder.Files());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(20_000)]
    public void Garbage_is_refused_and_left_as_it_is(int length)
    {
        var garbage = new byte[length];
        new Random(length).NextBytes(garbage);
        File.WriteAllBytes(LogPath, garbage);
        Refused(LogPath, EventLogMode.OpenExisting, length == 0 ? "the file is empty" : "not an event log");
        if (length > 0) Refused(LogPath, EventLogMode.Append, length < 512 ? "too short for an event log" : "not an event log");
        Assert.Equal(garbage, File.ReadAllBytes(LogPath));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.05)]
    public async Task A_truncated_log_is_refused(double share)
    {
        await WriteAsync(LogPath, 1_000, Durability.OnWrite);
        using (var file = File.OpenWrite(LogPath))
            file.SetLength((long)(file.Length * share));
        Refused(LogPath, EventLogMode.OpenExisting, "the file is damaged");
        Refused(LogPath, EventLogMode.Append, "the file is damaged");
    }

    [Fact]
    public async Task A_log_that_is_damaged_inside_says_so_when_it_is_read()
    {
        await WriteAsync(LogPath, 1_000, Durability.OnWrite);
        using (var file = File.OpenWrite(LogPath))
        {
            file.Position = 4096 * 8;
            file.Write(new byte[file.Length - file.Position]);
        }
        var error = await Assert.ThrowsAsync<EventLogException>(async () =>
        {
            await using var log = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
            await log.ReadAllAsync(0, Cancel).CountAsync(Cancel);
        });
        Assert.StartsWith($"{LogPath}: the file is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_somebody_else_is_refused()
    {
        using (var other = Database.Open(LogPath, writable: true))
            other.Execute("CREATE TABLE events (x)");
        Refused(LogPath, EventLogMode.OpenExisting, "an SQLite file, but not an event log of ours");
        Refused(LogPath, EventLogMode.Append, "an SQLite file, but not an event log of ours");
    }

    [Fact]
    public async Task A_log_of_a_newer_program_is_refused()
    {
        await WriteAsync(LogPath, 1, Durability.OnWrite);
        using (var newer = Database.Open(LogPath, writable: true))
            newer.Execute("PRAGMA user_version = 3");
        Refused(LogPath, EventLogMode.OpenExisting, "the log has format 3, this program reads up to 2");
        Refused(LogPath, EventLogMode.Append, "the log has format 3, this program reads up to 2");
    }

    [Fact]
    public async Task A_log_that_is_held_by_an_exclusive_lock_is_refused()
    {
        await WriteAsync(LogPath, 1, Durability.OnWrite);
        using var holder = Database.Open(LogPath, writable: true);
        holder.Execute("BEGIN EXCLUSIVE");
        Refused(LogPath, EventLogMode.OpenExisting, "the log is locked");
    }

    [Theory]
    [InlineData(Durability.OnWrite)]
    [InlineData(Durability.OnFsync)]
    public async Task A_full_disk_ends_the_log_at_the_last_flush(Durability durability)
    {
        var flushed = 0L;
        await using (var log = SqliteEventLog.Open(LogPath, EventLogMode.Create, durability))
        {
            log.Storage.Execute("PRAGMA max_page_count = 40");
            var error = await Assert.ThrowsAsync<EventLogException>(async () =>
            {
                for (var i = 0L; i < 1_000; i += 10)
                {
                    await log.AppendAsync("a", i - 1, TenEvents(i), Cancel);
                    if (i % 40 != 0) continue;
                    await log.FlushAsync(Cancel);
                    flushed = i + 10;
                }
            });
            Assert.StartsWith($"{LogPath}: the disk is full", error.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<EventLogException>(async () => await log.AppendAsync("b", -1, Event(1), Cancel));
            await Assert.ThrowsAsync<EventLogException>(async () => await log.HeadAsync("a", Cancel));
            await Assert.ThrowsAsync<EventLogException>(async () => await log.FlushAsync(Cancel));
        }

        await using var again = EventLogUri.Open(LogPath, EventLogMode.Append);
        var count = await again.ReadAllAsync(0, Cancel).CountAsync(Cancel);
        Assert.Equal(await again.HeadAsync("a", Cancel) + 1, count);
        Assert.InRange(count, Math.Max(1, flushed), flushed + 40);
        Assert.Equal(0, count % 10);
        await again.AppendAsync("a", ExpectedRevision.Any, Event(1), Cancel);
    }

    [Fact]
    public async Task An_append_that_fails_half_way_leaves_nothing_of_itself()
    {
        await using (var log = SqliteEventLog.Open(LogPath, EventLogMode.Create, Durability.OnWrite))
        {
            log.Storage.Execute("CREATE TRIGGER fails BEFORE INSERT ON events WHEN new.revision = 15 BEGIN SELECT RAISE(ABORT, 'bad sector'); END");
            await log.AppendAsync("a", -1, TenEvents(0), Cancel);
            await log.FlushAsync(Cancel);
            var error = await Assert.ThrowsAsync<EventLogException>(async () => await log.AppendAsync("a", 9, TenEvents(10), Cancel));
            Assert.Contains("bad sector", error.Message, StringComparison.Ordinal);
        }

        await using var again = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        Assert.Equal(9, await again.HeadAsync("a", Cancel));
    }

    [Fact]
    public async Task Appends_that_wait_at_the_same_time_share_a_commit()
    {
        await using var log = SqliteEventLog.Open(LogPath, EventLogMode.Create, Durability.OnFsync);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(s => Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
                Assert.Equal(i, await log.AppendAsync($"s{s}", i - 1, Event(i) with { Id = StreamIds.Derive($"s{s}", i) }, Cancel));
        }, Cancel)));
        Assert.InRange(log.Commits, 1, 320);
        await using var reader = EventLogUri.Open(LogPath, EventLogMode.OpenExisting);
        Assert.Equal(640, await reader.ReadAllAsync(0, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Of_appends_that_share_a_commit_a_wrong_one_alone_is_refused()
    {
        await using var log = EventLogUri.Open(LogPath, EventLogMode.Create, Durability.OnFsync);
        var right = log.AppendAsync("a", -1, Event(1), Cancel).AsTask();
        var wrong = log.AppendAsync("a", 5, Event(2), Cancel).AsTask();
        var next = log.AppendAsync("a", 0, Event(3), Cancel).AsTask();
        Assert.Equal(0, await right);
        await Assert.ThrowsAsync<WrongExpectedRevisionException>(() => wrong);
        Assert.Equal(1, await next);
    }

    [Fact]
    public async Task There_is_one_writer_at_a_time()
    {
        await using (EventLogUri.Open(LogPath, EventLogMode.Create))
            Refused(LogPath, EventLogMode.Append, "the log is locked");
        await using var next = EventLogUri.Open(LogPath, EventLogMode.Append);
        Assert.Equal(-1, await next.HeadAsync("a", Cancel));
    }

    [Theory]
    [InlineData("sqlite:", EventLogMode.Create, "the path of the log is missing")]
    [InlineData("esdb://localhost", EventLogMode.Append, "no event log is known by 'esdb:'")]
    [InlineData("memory:", EventLogMode.OpenExisting, "a log in memory ends with its process")]
    public void A_uri_that_names_no_log_is_refused(string uri, EventLogMode mode, string what) => Refused(uri, mode, what);

    [Fact]
    public void A_folder_is_no_log() => Refused(Path.GetDirectoryName(LogPath)!, EventLogMode.OpenExisting, "this is a folder");

    private static void Refused(string uri, EventLogMode mode, string what)
    {
        var refusal = Assert.Throws<EventLogException>(() => EventLogUri.Open(uri, mode));
        Assert.Contains(what, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(uri, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static async Task<string> WriteAsync(string path, int events, Durability durability)
    {
        await using var log = EventLogUri.Open("sqlite:" + path, EventLogMode.Create, durability);
        var appends = Enumerable.Range(0, events).Select(i => log.AppendAsync($"s{i % 7}", ExpectedRevision.Any, Event(i), Cancel).AsTask());
        await Task.WhenAll(appends);
        await log.FlushAsync(Cancel);
        return await LogHash.ComputeAsync(log, Cancel);
    }

    private static EventData[] TenEvents(long revision) =>
        [.. Enumerable.Range(0, 10).Select(i => Event(699) with { Id = StreamIds.Derive("a", revision + i) })];

    private static EventData Event(int number) =>
        new(StreamIds.Derive("any", number), $"type-{number % 3}.v1", Encoding.ASCII.GetBytes(new string('x', number % 700)));
}
