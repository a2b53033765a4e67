using TrafficAI.EventLog.Sqlite;

namespace TrafficAI.EventLog.Tests;

/// <summary>What every <see cref="ISnapshotStore"/> does.</summary>
public abstract class SnapshotContract : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected ISnapshotStore Store { get; private set; } = null!;

    protected abstract ISnapshotStore Open();

    public ValueTask InitializeAsync()
    {
        Store = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_last_snapshot_of_a_stream_is_kept()
    {
        Assert.Null(await Store.LoadAsync("a", Cancel));
        await Store.SaveAsync(new("a", 3, 1, "x", new byte[] { 1 }), Cancel);
        await Store.SaveAsync(new("b", 4, 1, "y", default), Cancel);
        await Store.SaveAsync(new("a", 7, 2, "z", new byte[] { 0, 255 }), Cancel);
        var found = await Store.LoadAsync("a", Cancel);
        Assert.Equal(("a", 7L, 2, "z"), (found!.Stream, found.Revision, found.Version, found.Anchor));
        Assert.Equal([0, 255], found.State.ToArray());
        await Store.DeleteAsync("a", Cancel);
        await Store.DeleteAsync("a", Cancel);
        Assert.Null(await Store.LoadAsync("a", Cancel));
        Assert.Equal(0, (await Store.LoadAsync("b", Cancel))!.State.Length);
    }

    [Fact]
    public async Task A_snapshot_is_believed_only_with_its_version_and_its_log()
    {
        await using var log = new MemoryEventLog();
        await using var other = new MemoryEventLog();
        foreach (var (target, text) in new[] { (log, "one"), (other, "uno") })
            await target.AppendAsync("a", -1, new EventData(StreamIds.Derive("a", 0), "text.v1", System.Text.Encoding.UTF8.GetBytes(text)), Cancel);
        await Store.SaveAsync(new("a", 0, 3, (await SnapshotReading.AnchorAsync(log, "a", 0, Cancel))!, new byte[] { 9 }), Cancel);

        Assert.NotNull(await Store.LatestAsync(log, "a", 3, Cancel));
        Assert.Null(await Store.LatestAsync(log, "a", 4, Cancel));
        Assert.Null(await Store.LatestAsync(other, "a", 3, Cancel));
        Assert.Null(await Store.LatestAsync(log, "b", 3, Cancel));
        await Store.SaveAsync(new("a", 1, 3, "of an event that the log has lost", new byte[] { 9 }), Cancel);
        Assert.Null(await Store.LatestAsync(log, "a", 3, Cancel));
    }

    [Fact]
    public async Task What_was_saved_does_not_change_with_the_buffer()
    {
        var state = new byte[] { 1, 2 };
        await Store.SaveAsync(new("a", 0, 1, "x", state), Cancel);
        state[0] = 9;
        Assert.Equal([1, 2], (await Store.LoadAsync("a", Cancel))!.State.ToArray());
    }
}

public sealed class MemorySnapshotStoreTests : SnapshotContract
{
    protected override ISnapshotStore Open() => new MemorySnapshotStore();
}

public sealed class SqliteSnapshotStoreTests : SnapshotContract
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder.File("log.db-snapshots");

    protected override ISnapshotStore Open() => SqliteSnapshotStore.Open(FilePath);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Snapshots_last_and_a_damaged_file_is_begun_anew()
    {
        await Store.SaveAsync(new("a", 3, 1, "x", new byte[20_000]), Cancel);
        await Store.DisposeAsync();
        await using (var again = Open()) Assert.NotNull(await again.LoadAsync("a", Cancel));

        var bytes = await File.ReadAllBytesAsync(FilePath, Cancel);
        bytes[16_000] ^= 1;
        await File.WriteAllBytesAsync(FilePath, bytes, Cancel);
        await using (var damaged = Open()) Assert.Null(await damaged.LoadAsync("a", Cancel));

        await File.WriteAllBytesAsync(FilePath, bytes.AsMemory(0, 5_000), Cancel);
        await using var anew = Open();
        Assert.Null(await anew.LoadAsync("a", Cancel));
        await anew.SaveAsync(new("a", 3, 1, "x", default), Cancel);
    }

    [Fact]
    public void A_file_of_somebody_else_is_left_alone()
    {
        var garbage = new byte[9_000];
        new Random(1).NextBytes(garbage);
        File.WriteAllBytes(folder.File("other"), garbage);
        Assert.Throws<EventLogException>(() => SqliteSnapshotStore.Open(folder.File("other")));
        Assert.Equal(garbage, File.ReadAllBytes(folder.File("other")));
    }
}
