using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>What reaches the fold of an intersection besides frames in their time: frames of an outage, and the word that nothing may be planned.</summary>
public sealed class OutageTests
{
    private static readonly Site Site = ScriptedStreet.FourArm;
    private static readonly DecisionOptions Options = new("adaptive", 1);
    private readonly VirtualController controller = new(Site.Signals[0], 0);
    private readonly IntersectionFold fold = new(Site.Models[0], Options);
    private long revision;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void While_planning_is_held_frames_are_believed_and_nothing_is_decided()
    {
        Assert.NotNull(Apply(Next()).Decision);
        Assert.Null(Apply(new IntersectionInput.PlanningHeld(1, "another server")).Decision);
        for (var i = 0; i < 20; i++) Assert.Null(Apply(Next()).Decision);
        Assert.Null(Apply(new IntersectionInput.FrameMissed(controller.Second + 2)).Decision);
        controller.Step();
        Apply(new IntersectionInput.PlanningResumed(21));
        Assert.NotNull(Apply(Next()).Decision);
        Assert.Equal((22, 0), (fold.Tally.Seconds, fold.Refused));
    }

    [Fact]
    public void Frames_of_an_outage_tell_what_was_shown_once_each_and_change_no_decision()
    {
        var unbroken = new IntersectionFold(Site.Models[0], Options);
        ImmutableArray<Frame> frames = [.. Enumerable.Range(0, 140).Select(_ => Next().Frame)];
        var told = Enumerable.Range(0, 140).SelectMany(i => unbroken.Apply(new IntersectionInput.FrameCame(frames[i]), i).Events.ToList()).Where(IsLamps).ToList();

        var heard = Enumerable.Range(0, 40).SelectMany(i => Events(new IntersectionInput.FrameCame(frames[i]))).ToList();
        heard.AddRange(Events(new IntersectionInput.FrameCame(frames[100])));
        var before = fold.Digest.Current();
        heard.AddRange(Events(new IntersectionInput.BacklogCame(100, frames[40..70])));
        Assert.Equal(before, fold.Digest.Current());
        heard.AddRange(Enumerable.Range(101, 39).SelectMany(i => Events(new IntersectionInput.FrameCame(frames[i]))));
        heard.AddRange(Events(new IntersectionInput.BacklogCame(139, frames[70..100])));

        Assert.Equal((140, 0), (fold.Tally.Seconds, fold.Refused));
        Assert.Subset(heard.Where(IsLamps).Select(Text).ToHashSet(), told.Select(Text).ToHashSet());
        Assert.All(Events(new IntersectionInput.BacklogCame(139, frames[30..50])), e => Assert.Equal(IntersectionEvent.InputRefused, e.Type));
        Assert.Equal(20, fold.Refused);
    }

    [Fact]
    public void A_violation_during_an_outage_is_found_in_the_frames_that_were_kept()
    {
        var hasty = new VirtualController(Site.Signals[0].Hasty(), 0);
        ImmutableArray<Frame> kept = [.. Enumerable.Range(0, 300).Select(_ => Next(hasty).Frame)];
        var alarms = Events(new IntersectionInput.BacklogCame(0, kept)).Where(e => e.Type == IntersectionEvent.ViolationFound);
        Assert.Single(alarms);
        Assert.Null(fold.Alarms.Standing);
    }

    [Fact]
    public async Task All_of_it_replays_and_is_recovered()
    {
        await using var log = new MemoryEventLog();
        ImmutableArray<Frame> frames = [.. Enumerable.Range(0, 100).Select(_ => Next().Frame)];
        await FeedAsync(log, [.. frames[..20].Select(Came), new IntersectionInput.PlanningHeld(20, "it talked nonsense"), .. frames[60..80].Select(Came)]);
        await FeedAsync(log, [new IntersectionInput.BacklogCame(80, frames[20..60]), new IntersectionInput.PlanningResumed(80), .. frames[80..].Select(Came), new IntersectionInput.RunEnded(101)]);
        var replay = new Replay(log, new SiteRecord(LockstepContract.Header("adaptive", 1), default), Site);
        var result = await replay.VerifyAsync(null, Cancel);
        Assert.Null(result.First);
        Assert.Equal((64, 40), (result.Inputs, result.Decisions));
    }

    [Fact]
    public async Task Planning_that_was_held_when_a_server_ended_goes_on_with_the_next_one()
    {
        await using var log = new MemoryEventLog();
        ImmutableArray<Frame> frames = [.. Enumerable.Range(0, 10).Select(_ => Next().Frame)];
        await FeedAsync(log, [.. frames[..5].Select(Came), new IntersectionInput.PlanningHeld(5, "another server")]);
        await using var bus = new InprocBus();
        var plans = new List<PhasePlan>();
        using var hears = bus.SubscribePlans(plans.Add);
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus);
        await actor.RecoverAsync(Cancel);
        await using var host = new ActorHost([actor], bus, 1);
        Assert.Equal(frames[4].Second, host.NewestOf(actor.Id));
        host.ResumePlanning();
        await bus.PublishFrameAsync(frames[5], Cancel);
        await host.SettledAsync();
        Assert.Equal(frames[5].Second, Assert.Single(plans).BasedOnSecond);
        await host.EndAsync(frames[5].Second + 1);
        host.Tell(actor.Id, new IntersectionInput.PlanningHeld(6, "too late"));
        await bus.PublishFrameAsync(frames[6], Cancel);
        await host.SettledAsync();
        Assert.Equal(InputCodec.EndedType, (await log.ReadBackwardsAsync(StreamNames.Inputs(actor.Id), cancel: Cancel).FirstAsync(e => e.Type != StreamDigested.EventType, Cancel)).Type);
    }

    [Fact]
    public async Task The_plan_on_the_last_input_is_known_after_a_recovery_and_has_the_new_epoch()
    {
        await using var log = new MemoryEventLog();
        ImmutableArray<Frame> frames = [.. Enumerable.Range(0, 10).Select(_ => Next().Frame)];
        await FeedAsync(log, [.. frames.Select(Came)]);
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus, null, epoch: 9);
        await actor.RecoverAsync(Cancel);
        Assert.Equal((frames[^1].Second, 9L), (actor.LastPlan!.BasedOnSecond, actor.LastPlan.Epoch));
        Assert.Equal(frames[^1].Second, actor.Fold.LastSecond);
    }

    private static IntersectionInput Came(Frame frame) => new IntersectionInput.FrameCame(frame);

    private static bool IsLamps(IntersectionEvent e) => e.Type == IntersectionEvent.LampsChanged;

    private static string Text(IntersectionEvent e) => System.Text.Encoding.UTF8.GetString(e.Payload.Span);

    private static async Task FeedAsync(IEventLog log, IEnumerable<IntersectionInput> inputs)
    {
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus);
        await using var host = new ActorHost([actor], bus, 1);
        foreach (var input in inputs)
        {
            host.Tell(actor.Id, input);
            await host.SettledAsync();
        }
    }

    private List<IntersectionEvent> Events(IntersectionInput input) => [.. Apply(input).Events];

    private FoldStep Apply(IntersectionInput input)
    {
        var recorded = InputCodec.Encode(input);
        return fold.Apply(InputCodec.Decode(Site.Signals[0].Id, recorded.Type, recorded.Payload), revision++);
    }

    private IntersectionInput.FrameCame Next(VirtualController? of = null)
    {
        var shows = of ?? controller;
        shows.Step();
        return new(new Frame(
            shows.Signals.Id, shows.Second + 1, shows.Mode, shows.State, DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length), shows.Violation));
    }
}
