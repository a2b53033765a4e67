using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>Recovery from a snapshot, or from what is left of one, gives the log of a run that never stopped, byte for byte.</summary>
public sealed class SnapshotTests : IAsyncDisposable
{
    private const int Stop = 2 * (int)FoldSnapshots.Every + 100;
    private const int End = Stop + 200;
    private static readonly DecisionOptions Options = new("max-pressure", 1);
    private static readonly Site Site = ScriptedStreet.FourArm;
    private static readonly Lazy<Task<List<Frame>>> Street = new(FramesAsync);
    private readonly MemorySnapshotStore store = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Inputs => StreamNames.Inputs(Site.Signals[0].Id);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData("whole", 2)]
    [InlineData("newest lost", 1)]
    [InlineData("newest torn", 1)]
    [InlineData("newest of another build", 1)]
    [InlineData("newest of another form", 1)]
    [InlineData("newest of another log", 1)]
    [InlineData("all lost", 0)]
    public async Task Whatever_is_left_of_the_snapshots_the_log_is_that_of_an_unbroken_run(string what, int expected)
    {
        var frames = await Street.Value;
        await using var whole = new MemoryEventLog();
        await FeedAsync(whole, null, frames);
        await using var broken = new MemoryEventLog();
        await FeedAsync(broken, store, frames.Take(Stop));
        await DamageAsync(what);
        var found = await new FoldSnapshots(store, broken, Site.Models[0], Options).LatestAsync(Cancel);
        Assert.Equal(expected, (found?.Input ?? 0) / FoldSnapshots.Every);

        await FeedAsync(broken, store, frames.Skip(Stop));
        foreach (var stream in new[] { Inputs, StreamNames.Intersection(Site.Signals[0].Id) })
            Assert.Equal(await BytesAsync(whole, stream), await BytesAsync(broken, stream));
        Assert.Empty((await LogAudit.RunAsync(broken, _ => null, Cancel)).Findings);
    }

    [Fact]
    public async Task A_log_that_lost_its_end_is_not_gone_on_with_from_a_snapshot_beyond_it()
    {
        var frames = await Street.Value;
        await using var whole = new MemoryEventLog();
        await FeedAsync(whole, store, frames);
        await using var cut = new MemoryEventLog();
        await FeedAsync(cut, null, frames.Take((int)FoldSnapshots.Every + 500));
        var found = await new FoldSnapshots(store, cut, Site.Models[0], Options).LatestAsync(Cancel);
        Assert.Equal(1, found!.Input / FoldSnapshots.Every);
    }

    [Fact]
    public async Task A_snapshot_of_other_options_is_not_used()
    {
        var frames = await Street.Value;
        await using var log = new MemoryEventLog();
        await FeedAsync(log, store, frames.Take(Stop));
        Assert.Null(await new FoldSnapshots(store, log, Site.Models[0], Options with { LeaseSeconds = 40 }).LatestAsync(Cancel));
    }

    private async Task DamageAsync(string what)
    {
        var (older, newest) = ($"{Inputs}~1", $"{Inputs}~2");
        var snapshot = (await store.LoadAsync(newest, Cancel))!;
        switch (what)
        {
            case "newest lost": await store.DeleteAsync(newest, Cancel); break;
            case "newest torn": await store.SaveAsync(snapshot with { State = snapshot.State[..^100] }, Cancel); break;
            case "newest of another build": await store.SaveAsync(snapshot with { State = Flipped(snapshot.State, 5) }, Cancel); break;
            case "newest of another form": await store.SaveAsync(snapshot with { Version = 99 }, Cancel); break;
            case "newest of another log": await store.SaveAsync(snapshot with { Anchor = new string('0', 64) }, Cancel); break;
            case "all lost":
                await store.DeleteAsync(older, Cancel);
                await store.DeleteAsync(newest, Cancel);
                break;
        }
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> bytes, int at)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }

    private static async Task FeedAsync(IEventLog log, ISnapshotStore? snapshots, IEnumerable<Frame> frames)
    {
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus, snapshots);
        await using var host = new ActorHost([actor], bus, 1);
        foreach (var frame in frames)
        {
            await bus.PublishFrameAsync(frame, Cancel);
            await host.SettledAsync();
        }
    }

    private static async Task<List<Frame>> FramesAsync()
    {
        await using var inner = new MemoryEventLog();
        var log = new OrderedLog(inner);
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus);
        using var street = new LockstepStreet(new ScriptedStreet(Site, 4, End), Site.Network, Site.Signals, bus, FaultSpec.None, 4);
        await using var host = new ActorHost([actor], bus, 1);
        await street.RunAsync(host, log, null, Cancel);
        var inputs = RecordedInputs.ReadAsync(new LogStream(inner, Inputs), Site.Signals[0].Id, -1, Cancel);
        return await inputs.Select(i => i.Input).OfType<IntersectionInput.FrameCame>().Select(came => came.Frame).ToListAsync(Cancel);
    }

    private static async Task<List<string>> BytesAsync(IEventLog log, string stream) =>
        await log.ReadAsync(stream, 0, Cancel).Select(e => $"{e.Revision} {e.Type} {e.Id} {Convert.ToHexString(e.Payload.Span)}").ToListAsync(Cancel);
}
