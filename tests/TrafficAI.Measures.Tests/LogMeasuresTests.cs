using System.Text;
using TrafficAI.EventLog;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>Measures of a whole log: read at once, followed while it grows, and as JSON.</summary>
public sealed class LogMeasuresTests
{
    private const int Seconds = 400;

    private static readonly MeasureWindow Window = new(long.MinValue, long.MaxValue, 100);
    private static readonly Site Site = FourArm.Site;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_that_is_followed_tells_the_same_bytes_as_one_that_is_read()
    {
        await using var log = new MemoryEventLog();
        var followed = new LogMeasures(Site, Window);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var following = followed.FollowAsync(log, stop.Token);
        await WriteAsync(log, asked: () => followed.Measure(0, 100));
        // The last decision is of the second after the window.
        while (followed.End != Seconds || followed.Measure(0, 400).Of(MeasureIds.Decisions)!.Value.Value != (Seconds - 1) / 20) await Task.Delay(10, Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => following);
        var read = new LogMeasures(Site, Window);
        await read.ReadAsync(log, Cancel);
        Assert.Equal(Json(read.Measure(0, 400)), Json(followed.Measure(0, 400)));
        Assert.Equal(Json(read.Measure(100, 300)), Json(followed.Measure(100, 300)));
    }

    [Fact]
    public async Task A_window_that_cuts_a_bin_is_refused()
    {
        await using var log = new MemoryEventLog();
        await WriteAsync(log);
        var read = new LogMeasures(Site, Window);
        await read.ReadAsync(log, Cancel);
        Assert.Contains("second 50", Assert.Throws<ArgumentException>(() => read.Measure(50, 300)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_forgotten_changes_nothing_after_it()
    {
        await using var log = new MemoryEventLog();
        await WriteAsync(log);
        var (whole, forgetful) = (new LogMeasures(Site, Window), new LogMeasures(Site, Window));
        await whole.ReadAsync(log, Cancel);
        await forgetful.ReadAsync(log, Cancel);
        forgetful.Forget(200);
        Assert.Equal(Json(whole.Measure(200, 400)), Json(forgetful.Measure(200, 400)));
    }

    private static string Json(SiteMeasures site) => Encoding.UTF8.GetString(MeasuresJson.Write(site, new("b", "s", 100), SignalsFile.None, MeasureWords.All[0]));

    private static async Task WriteAsync(MemoryEventLog log, Func<SiteMeasures>? asked = null)
    {
        var id = Site.Signals[0].Id;
        var (inputs, events) = (new LogStream(log, StreamNames.Inputs(id)), new LogStream(log, StreamNames.Intersection(id)));
        for (var second = 1; second <= Seconds; second++)
        {
            await inputs.AppendAsync([InputCodec.Encode(new IntersectionInput.FrameCame(FrameOf(id, second)))], Cancel);
            if (second % 20 == 0) await events.AppendAsync([IntersectionEventOf(second)], Cancel);
            if (second % 150 == 0) Assert.NotNull(asked?.Invoke() ?? new object());
        }
    }

    private static Frame FrameOf(IntersectionId id, int second)
    {
        var chance = new Random(second / 3);
        var phase = Site.Signals[0].Phases[second / 20 % Site.Signals[0].Phases.Length];
        var shown = new SignalState(second - 1, phase.Id, null, 1, Site.Signals[0].LampsOf(phase), [.. Site.Signals[0].Groups.Select(_ => 1)], second);
        var objects = Enumerable.Range(0, 12).Select(i => new TrackedObject((ushort)(i % 10), (ushort)Math.Max(10, 900 - 30 * (second % 30) - i), (ushort)chance.Next(120), (ObjectClass)chance.Next(4), (uint)(second / 30 * 12 + i + 1)));
        return new(id, second, ControlMode.Plan, shown, DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length) with { Objects = [.. objects.OrderBy(o => o.Lane).ThenBy(o => o.DistanceDecimetres)] });
    }

    private static IntersectionEvent IntersectionEventOf(int second) => new(
        IntersectionEvent.PhaseDecided,
        EventTypes.Encode(IntersectionEvent.PhaseDecided, new PhaseDecided(second, second, second, "F1", "F2", "F2", "none", "adaptive", "least cost", [], [], [], [])));
}
