using System.Text.RegularExpressions;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Events;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>What a street with its actors does, whatever runs these.</summary>
public abstract class LockstepContract(MailboxHost host)
{
    private static readonly Site Site = ScriptedStreet.FourArm;

    [Theory]
    [InlineData("fixed", 0)]
    [InlineData("adaptive", 0)]
    [InlineData("adaptive", 1)]
    [InlineData("max-pressure", 3)]
    public async Task What_is_recorded_replays_identically(string strategy, int latency)
    {
        await using var log = new MemoryEventLog();
        await RunAsync(log, 300, new DecisionOptions(strategy, latency));
        var replay = new Replay(log, new SiteRecord(Header(strategy, latency), default), Site);
        var result = await replay.VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.Null(result.First);
        Assert.Equal(300, result.Inputs);
        Assert.True(result.Events > 5);
    }

    [Fact]
    public async Task What_was_learned_is_recorded_each_period_and_learned_again_by_a_replay()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var log = new MemoryEventLog();
        await RunAsync(log, 200, new DecisionOptions("adaptive", 0, LearnedEverySeconds: 60));
        var id = Site.Models[0].Signals.Id;
        var learned = new List<ParametersLearned>();
        await foreach (var e in log.ReadAsync(StreamNames.Intersection(id), 0, stop))
        {
            if (e.Type == IntersectionEvent.ParametersLearned) learned.Add((ParametersLearned)EventTypes.Decode(e));
        }

        Assert.Equal([60, 120, 180], learned.Select(l => l.Second));
        Assert.All(learned[^1].Lanes, lane =>
        {
            Assert.InRange(lane.HeadwaySeconds, 1.4, 3);
            Assert.InRange(lane.HeadwayDeviation, 0, 1);
            Assert.Equal(1, lane.Turns.Sum(turn => turn.Share), 3);
            Assert.All(lane.Turns, turn => Assert.InRange(turn.Deviation, 0, 0.5));
        });
        Assert.Contains(learned[^1].Lanes, lane => lane is { VehiclesPerHour: > 0, VehiclesPerHourDeviation: > 0 });
        var header = Header("adaptive", 0) with { LearnedEverySeconds = 60 };
        Assert.Null((await new Replay(log, new SiteRecord(header, default), Site).VerifyAsync(null, stop)).First);
    }

    [Fact]
    public async Task A_controller_shows_nothing_but_its_own_plan_until_the_first_plan_can_act()
    {
        await using var log = new MemoryEventLog();
        var street = await RunAsync(log, 60, new DecisionOptions("adaptive", 5));
        var own = SignalDecider.Start(Site.Signals[0], -1);
        for (var second = 0; second < 5; second++)
        {
            own = SignalDecider.Advance(Site.Signals[0], own, Site.Signals[0].LocalPlan.PhaseAt(second)).State;
            Assert.Equal(own.Lamps.Select(l => l.IsGreen()), Lamps(street.Shown[second]));
        }
    }

    [Fact]
    public async Task A_log_that_ends_and_goes_on_gives_the_decisions_of_an_unbroken_one()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var whole = new MemoryEventLog();
        await RunAsync(whole, 200, new DecisionOptions("adaptive", 0));
        var id = Site.Models[0].Signals.Id;
        var frames = await FramesAsync(whole, id);
        await using var broken = new MemoryEventLog();
        await FeedAsync(broken, frames.Take(83));
        await FeedAsync(broken, frames.Skip(83));
        Assert.Empty((await LogAudit.RunAsync(broken, _ => null, stop)).Findings);
        Assert.Equal(await TextAsync(whole, id), await TextAsync(broken, id));
    }

    [Fact]
    public async Task What_an_actor_decided_but_could_not_record_is_recorded_when_it_comes_back()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var whole = new MemoryEventLog();
        await RunAsync(whole, 200, new DecisionOptions("adaptive", 0));
        var id = Site.Models[0].Signals.Id;
        var (inputs, events) = (StreamNames.Inputs(id), StreamNames.Intersection(id));
        await using var broken = new MemoryEventLog();
        await CopyAsync(whole, broken, inputs, long.MaxValue);
        await CopyAsync(whole, broken, events, await whole.HeadAsync(events, stop) - 1);
        await FeedAsync(broken, []);
        Assert.Equal(await TextAsync(whole, id), await TextAsync(broken, id));
    }

    [Fact]
    public async Task A_strategy_that_throws_is_recorded_once_and_the_fixed_plan_takes_over()
    {
        await using var log = new MemoryEventLog();
        await RunAsync(log, 30, new DecisionOptions("adaptive", 0));
        var id = Site.Models[0].Signals.Id;
        var fold = new IntersectionFold(Site.Models[0], new IntersectionOptimiser(Site.Models[0], new DecisionOptions("adaptive", 0), () => new Thrower()));
        var failures = 0;
        await foreach (var e in log.ReadAsync(StreamNames.Inputs(id), 0, TestContext.Current.CancellationToken))
        {
            var frame = FrameCodec.Decode(id, e.Payload);
            var step = fold.Apply(new IntersectionInput.FrameCame(frame), e.Revision);
            failures += step.Events.Count(x => x.Type == IntersectionEvent.StrategyFailed);
            Assert.Equal("fixed", step.Decision!.Strategy);
            Assert.Equal(Site.Signals[0].LocalPlan.PhaseAt(frame.Second), step.Decision.Wanted);
        }

        Assert.Equal(1, failures);
    }

    [Fact]
    public async Task Lost_late_and_repeated_messages_are_counted_and_the_run_replays()
    {
        await using var log = new MemoryEventLog();
        var options = new DecisionOptions("adaptive", 1);
        await RunAsync(log, 300, options, FaultSpec.Parse("dead=20%,stuck=10%,loss=10%,delay=2s,dup=5%,reorder=5%"));
        var replay = new Replay(log, new SiteRecord(Header("adaptive", 1), default), Site);
        var result = await replay.VerifyAsync(null, TestContext.Current.CancellationToken);
        Assert.Null(result.First);
        var fold = replay.NewFold(Site.Models[0]);
        await foreach (var _ in replay.FoldAsync(Site.Models[0], fold, TestContext.Current.CancellationToken))
        {
        }

        Assert.True(fold.Missed > 30, $"{fold.Missed} missed");
        Assert.True(fold.Late > 30, $"{fold.Late} late");
        Assert.True(fold.Refused > 10, $"{fold.Refused} refused");
        Assert.InRange(result.Inputs - fold.Refused - fold.Late - result.Decisions, 0, 5);
    }

    [Fact]
    public async Task A_decision_lost_between_its_input_and_its_record_is_recorded_on_recovery()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var whole = new MemoryEventLog();
        await RunAsync(whole, 100, new DecisionOptions("adaptive", 0));
        var id = Site.Models[0].Signals.Id;

        await using var cut = new MemoryEventLog();
        var inputs = new LogStream(cut, StreamNames.Inputs(id));
        await foreach (var e in whole.ReadAsync(StreamNames.Inputs(id), 0, stop)) await inputs.AppendAsync([new(e.Type, e.Payload)], stop);
        await FeedAsync(cut, []);
        Assert.Equal(await TextAsync(whole, id), await TextAsync(cut, id));
    }

    [Fact]
    public async Task A_frame_that_cannot_be_of_this_intersection_is_refused_and_named()
    {
        await using var log = new MemoryEventLog();
        await RunAsync(log, 20, new DecisionOptions("adaptive", 0));
        var id = Site.Models[0].Signals.Id;
        var last = await log.ReadLastAsync(StreamNames.Inputs(id), TestContext.Current.CancellationToken);
        var good = FrameCodec.Decode(id, last!.Payload);
        var next = good with { Second = 20, Signals = good.Signals with { Second = 19 } };
        Frame[] bad =
        [
            good,
            next with { Readings = next.Readings with { Objects = [new(60_000, 1, 1, ObjectClass.Car, 1)] } },
            next with { Readings = next.Readings with { Loops = [] } },
            next with { Signals = next.Signals with { Lamps = [], LampSeconds = [] } },
            next with { Signals = next.Signals with { Phase = new(77) } },
            next with { Signals = next.Signals with { Phase = new(1), Next = new(2), Elapsed = 500 } },
        ];
        await FeedAsync(log, bad);
        var refused = (await TextAsync(log, id)).Where(e => e.StartsWith(IntersectionEvent.InputRefused, StringComparison.Ordinal)).ToList();
        Assert.Equal(bad.Length, refused.Count);
        Assert.Equal(bad.Length, refused.Select(e => e[e.IndexOf("reason", StringComparison.Ordinal)..]).Distinct().Count());
    }

    [Theory]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(83)]
    public async Task When_a_run_ends_every_decision_and_every_event_is_under_a_digest(int seconds)
    {
        var stop = TestContext.Current.CancellationToken;
        await using var whole = new MemoryEventLog();
        await RunAsync(whole, 100, new DecisionOptions("adaptive", 0));
        var id = Site.Models[0].Signals.Id;
        var frames = await FramesAsync(whole, id);
        await using var log = new MemoryEventLog();
        await FeedAsync(log, frames.Take(seconds), ends: true);

        foreach (var stream in new[] { StreamNames.Inputs(id), StreamNames.Intersection(id) })
            Assert.Equal(StreamDigested.EventType, (await log.ReadLastAsync(stream, stop))!.Type);
        var digests = (await TextAsync(log, id)).Where(e => e.StartsWith(IntersectionEvent.DecisionsDigested, StringComparison.Ordinal)).ToList();
        Assert.Equal((seconds + 59) / 60, digests.Count);
        Assert.Contains($"\"decisions\":{seconds},", digests[^1], StringComparison.Ordinal);
        var result = await new Replay(log, new SiteRecord(Header("adaptive", 0), default), Site).VerifyAsync(null, stop);
        Assert.Null(result.First);
        Assert.Equal(seconds + 1, result.Inputs);

        await FeedAsync(log, frames.Skip(seconds), ends: true);
        Assert.Equal(Decided(await TextAsync(whole, id)), Decided(await TextAsync(log, id)));
        Assert.Empty((await LogAudit.RunAsync(log, _ => null, stop)).Findings);
    }

    [Fact]
    public async Task Frames_that_nobody_waits_for_are_counted()
    {
        await using var log = new MemoryEventLog();
        await using var bus = new InprocBus();
        await using var actorHost = new ActorHost([], bus, 1, host: host);
        var frame = new Frame(new("nobody"), 0, ControlMode.Local, SignalDecider.Start(Site.Signals[0], -1), DetectorReadings.Nothing(Sensing.Full, 0));
        await bus.PublishFrameAsync(frame, TestContext.Current.CancellationToken);
        await actorHost.SettledAsync();
        Assert.Equal(1, actorHost.Lost);
    }

    [Fact]
    public async Task Neighbours_are_told_before_the_plan_goes_out_since_a_street_that_has_it_may_go_on()
    {
        await using var log = new MemoryEventLog();
        await using var bus = new InprocBus();
        var order = new List<string>();
        using var hears = bus.SubscribePlans(_ => order.Add("plan"));
        var actor = new IntersectionActor(Site.Models[0], new DecisionOptions("adaptive", 0), log, bus);
        var frame = new Frame(
            actor.Id, 0, ControlMode.Local, SignalDecider.Start(Site.Signals[0], -1), DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length));
        await using (var mailboxes = host(new([actor], 1, _ => order.Add("neighbours"), () => order.Add("settled"), (_, _) => order.Add("failed"), default)))
            Assert.True(mailboxes.Tell(actor, new IntersectionInput.FrameCame(frame)));
        Assert.Equal(["neighbours", "plan", "settled"], order);
    }

    [Fact]
    public async Task An_actor_that_cannot_record_stops_the_run_with_one_line()
    {
        await using var log = new MemoryEventLog();
        var id = Site.Models[0].Signals.Id;
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], new DecisionOptions("adaptive", 0), log, bus);
        await using var actorHost = new ActorHost([actor], bus, 1, host: host);
        var frame = new Frame(id, 0, ControlMode.Local, SignalDecider.Start(Site.Signals[0], -1), DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length));
        await bus.PublishFrameAsync(frame, TestContext.Current.CancellationToken);
        await actorHost.SettledAsync();
        await log.AppendAsync(StreamNames.Inputs(id), ExpectedRevision.Any, new EventData(Guid.NewGuid(), "intruder.v1", default), TestContext.Current.CancellationToken);
        await bus.PublishFrameAsync(frame with { Second = 1 }, TestContext.Current.CancellationToken);
        var failure = await Assert.ThrowsAsync<ActorException>(actorHost.SettledAsync);
        Assert.StartsWith("intersection 'centre' stopped: ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public async Task A_replay_tallies_what_the_street_showed()
    {
        await using var log = new MemoryEventLog();
        var changes = (await RunAsync(log, 300, new DecisionOptions("adaptive", 0))).Changes;
        var replay = new Replay(log, new SiteRecord(Header("adaptive", 0), default), Site);
        var fold = replay.NewFold(Site.Models[0]);
        long interphase = 0;
        await foreach (var (input, _) in replay.FoldAsync(Site.Models[0], fold, TestContext.Current.CancellationToken))
        {
            if (((IntersectionInput.FrameCame)input).Frame.Signals.Next is not null) interphase++;
        }

        Assert.Equal(300, fold.Tally.Seconds);
        Assert.Equal(300, fold.Tally.QueueSeconds);
        Assert.Equal(interphase, fold.Tally.InterphaseSeconds);
        Assert.InRange(fold.Tally.PhaseChanges, changes - 1, changes); // what begins in the last second is in no frame
        Assert.InRange(fold.Tally.MeanQueue!.Value, 0.01, fold.Tally.LargestQueue!.Value);
    }

    [Fact]
    public void Without_frames_there_is_no_queue_rather_than_none()
    {
        Assert.Null(new IntersectionTally().MeanQueue);
        Assert.Null(new IntersectionTally().LargestQueue);
    }

    internal static RunHeader Header(string strategy, int latency) => new(
        "test", "scripted", "scripted", strategy, ControlClass.RPlus, Sensing.Full, latency, 30, 1, 1, 1, "", 0, 300, "four-arm.net.xml");

    private async Task<ScriptedStreet> RunAsync(IEventLog inner, long seconds, DecisionOptions options, FaultSpec? faults = null)
    {
        var stop = TestContext.Current.CancellationToken;
        var log = new OrderedLog(inner);
        await using var bus = new InprocBus();
        var actors = Site.Models.Select(m => new IntersectionActor(m, options, log, bus)).ToList();
        var engine = new ScriptedStreet(Site, 4, seconds);
        using var street = new LockstepStreet(engine, Site.Network, Site.Signals, bus, faults ?? FaultSpec.None, 4);
        await using var actorHost = new ActorHost(actors, bus, 2, host: host);
        await street.RunAsync(actorHost, log, null, stop);
        engine.Changes = street.Counts.PhaseChanges;
        return engine;
    }

    private static async Task<List<Frame>> FramesAsync(IEventLog log, Network.IntersectionId id)
    {
        var frames = new List<Frame>();
        await foreach (var e in log.ReadAsync(StreamNames.Inputs(id), 0, TestContext.Current.CancellationToken))
        {
            if (e.Type == FrameCodec.EventType) frames.Add(FrameCodec.Decode(id, e.Payload));
        }

        return frames;
    }

    // The end of a run is an input more, so that later ones have other revisions.
    private static IEnumerable<string> Decided(IEnumerable<string> events) => events
        .Where(e => e.StartsWith(IntersectionEvent.PhaseDecided, StringComparison.Ordinal)).Select(e => Regex.Replace(e, "\"input\":[0-9]+,", ""));

    private async Task FeedAsync(IEventLog log, IEnumerable<Frame> frames, bool ends = false)
    {
        var last = 0L;
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], new DecisionOptions("adaptive", 0), log, bus);
        await using var actorHost = new ActorHost([actor], bus, 1, host: host);
        foreach (var frame in frames)
        {
            await bus.PublishFrameAsync(frame, TestContext.Current.CancellationToken);
            await actorHost.SettledAsync();
            last = frame.Second;
        }

        if (ends) await actorHost.EndAsync(last + 1);
    }

    private static async Task CopyAsync(IEventLog from, IEventLog to, string stream, long last)
    {
        await foreach (var e in from.ReadAsync(stream, 0, TestContext.Current.CancellationToken))
        {
            if (e.Revision <= last) await to.AppendAsync(stream, e.Revision - 1, new EventData(e.Id, e.Type, e.Payload), TestContext.Current.CancellationToken);
        }
    }

    private static async Task<List<string>> TextAsync(IEventLog log, Network.IntersectionId id)
    {
        var events = new List<string>();
        await foreach (var e in log.ReadAsync(StreamNames.Intersection(id), 0, TestContext.Current.CancellationToken))
        {
            if (e.Type != StreamDigested.EventType) events.Add(e.Type + " " + System.Text.Encoding.UTF8.GetString(e.Payload.Span));
        }

        return events;
    }

    private static IEnumerable<bool> Lamps(string letters) =>
        Site.Signals[0].Groups.Select(g => letters[g.Links[0]] is 'G' or 'g');

    private sealed class Thrower : IStrategy
    {
        public string Name => "thrower";

        public Proposal Propose(in Situation situation) => throw new InvalidOperationException("no idea");
    }
}

public sealed class ChannelLockstepTests() : LockstepContract(ChannelMailboxes.Run);
