using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Metrics;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>What metrics are told of each minute follows from the recorded inputs alone, through restarts too.</summary>
public sealed class MinuteTests
{
    private const int Stop = (int)FoldSnapshots.Every + 130;
    private const int End = Stop + 150;
    private static readonly DecisionOptions Options = new("max-pressure", 1);
    private static readonly Site Site = ScriptedStreet.FourArm;
    private static readonly Lazy<Task<List<Frame>>> Street = new(FramesAsync);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_was_broken_off_in_a_minute_tells_the_same_minutes_as_a_whole_one()
    {
        var frames = await Street.Value;
        var (whole, broken) = (new Kept(), new Kept());
        await FeedAsync(new MemoryEventLog(), null, frames, whole);
        await using (var store = new MemorySnapshotStore())
        {
            var log = new MemoryEventLog();
            await FeedAsync(log, store, frames.Take(Stop), broken);
            await FeedAsync(log, store, frames.Skip(Stop), broken);
        }

        Assert.Equal(End / 60, whole.Points.Count);
        Assert.Equal(whole.Points, broken.Points);
        Assert.True(broken.Told > whole.Told);
    }

    [Fact]
    public async Task Minutes_add_up_to_the_whole_and_tell_the_moment_of_the_street()
    {
        var frames = await Street.Value;
        var kept = new Kept();
        var fold = await FeedAsync(new MemoryEventLog(), null, frames.Where(f => f.Second is < 70 or >= 75).Take(3595), kept, ends: true);
        Assert.Equal(fold.Tally.Seconds, kept.Sum("frames"));
        Assert.Equal(fold.Missed, kept.Sum("frames_missed"));
        Assert.Equal(fold.Tally.PhaseChanges, kept.Sum("phase_changes"));
        Assert.Equal(fold.Digest.Decisions, kept.Sum("plans_made"));
        Assert.Equal(fold.Tally.Seconds, kept.Sum("plan_obeyed_s") + kept.Sum("local_plan_s"));
        Assert.Equal(5, kept.Sum("frames_missed"));
        Assert.Contains("frames=55i,frames_missed=5i", kept.Points[1_767_225_660], StringComparison.Ordinal);
        Assert.Contains("held=false,connected=true,queue_mean_veh=", kept.Points[1_767_225_660], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, kept.Points.Count).Select(minute => 1_767_225_600L + 60 * minute), kept.Points.Keys);
    }

    private static async Task<IntersectionFold> FeedAsync(IEventLog log, ISnapshotStore? snapshots, IEnumerable<Frame> frames, IMetrics metrics, bool ends = false)
    {
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus, snapshots, meter: new(metrics, Site.File.Start, [("site", "four-arm")]));
        await using var host = new ActorHost([actor], bus, 1, new FrameDeadlines());
        foreach (var frame in frames)
        {
            await bus.PublishFrameAsync(frame, Cancel);
            await host.SettledAsync();
        }

        if (ends) await host.EndAsync(actor.Fold.LastSecond!.Value + 1);
        return actor.Fold;
    }

    private static async Task<List<Frame>> FramesAsync()
    {
        await using var inner = new MemoryEventLog();
        var log = new OrderedLog(inner);
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus);
        using var street = new LockstepStreet(new ScriptedStreet(Site, 4, End + 1), Site.Network, Site.Signals, bus, FaultSpec.None, 4);
        await using var host = new ActorHost([actor], bus, 1);
        await street.RunAsync(host, log, null, Cancel);
        var inputs = RecordedInputs.ReadAsync(new LogStream(inner, StreamNames.Inputs(Site.Signals[0].Id)), Site.Signals[0].Id, -1, Cancel);
        return await inputs.Select(i => i.Input).OfType<IntersectionInput.FrameCame>().Select(came => came.Frame).ToListAsync(Cancel);
    }

    /// <summary>Metrics as a store would have them: the newest line of each moment.</summary>
    private sealed class Kept : IMetrics
    {
        public SortedDictionary<long, string> Points { get; } = [];

        public int Told { get; private set; }

        public MetricsCounts Counts => default;

        public void Write(MetricPoint point)
        {
            var line = new System.Text.StringBuilder();
            LineProtocol.Append(line, point);
            Points[point.UnixSeconds] = line.ToString();
            Told++;
        }

        public long Sum(string field) => Points.Values.Sum(line => long.Parse(line.Split(' ')[1].Split(',').Single(f => f.StartsWith(field + "=", StringComparison.Ordinal)).Split('=')[1].TrimEnd('i'), null));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
