using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Runtime.Faults;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>A violation is recorded once, and nothing is planned until a person has released the controller.</summary>
public sealed class AlarmTests
{
    private static readonly Site Site = ScriptedStreet.FourArm;
    private static readonly IntersectionSignals Signals = Site.Signals[0];
    private readonly IntersectionFold fold = new(Site.Models[0], new DecisionOptions("adaptive", 0));
    private long revision;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_violation_that_a_controller_reports_stands_in_the_log_with_groups_second_rule_and_phase()
    {
        await using var log = new MemoryEventLog();
        var counts = await RunAsync(log, FaultSpec.None);
        var violation = JsonDocument.Parse(Assert.Single(await AlarmsAsync(log)).Payload).RootElement;
        Assert.Equal("short-amber", violation.GetProperty("rule").GetString());
        Assert.InRange(Assert.Single(violation.GetProperty("groups").EnumerateArray()).GetInt32(), 1, Signals.Groups.Length);
        Assert.StartsWith("F", violation.GetProperty("phase").GetString(), StringComparison.Ordinal);
        Assert.Equal("controller", violation.GetProperty("seenBy").GetString());
        Assert.Equal(Assert.Single(counts.Alarms), $"centre: {violation.GetProperty("text").GetString()}");

        var second = violation.GetProperty("second").GetInt64();
        Assert.True(second < 100, $"it came at {second}");
        var last = await LastAsync(log, IntersectionEvent.PhaseDecided);
        Assert.True(last.GetProperty("second").GetInt64() <= second, "it went on planning");
        var replay = new Replay(log, new SiteRecord(LockstepTests.Header("adaptive", 0), default), Site);
        Assert.Null((await replay.VerifyAsync(null, Cancel)).First);
    }

    [Fact]
    public async Task Over_a_bad_link_it_is_still_recorded_once_and_replays()
    {
        await using var log = new MemoryEventLog();
        await RunAsync(log, FaultSpec.Parse("loss=30%,delay=2s,dup=10%,reorder=10%"));
        Assert.Single(await AlarmsAsync(log));
        var replay = new Replay(log, new SiteRecord(LockstepTests.Header("adaptive", 0), default), Site);
        Assert.Null((await replay.VerifyAsync(null, Cancel)).First);
    }

    [Fact]
    public void After_the_release_it_plans_again()
    {
        var controller = new VirtualController(Signals.Hasty(), 0);
        var alarms = RunUntilAlarm(controller);
        Assert.Single(alarms);
        for (var i = 0; i < 30; i++) Assert.Null(Step(controller).Decision);
        Assert.NotNull(fold.Alarms.Standing);
        controller.Release();
        Assert.NotNull(Step(controller).Decision);
        Assert.Null(fold.Alarms.Standing);
        for (var i = 0; i < 16; i++) Assert.Null(Step(controller).Decision!.Failure);
        Assert.Equal(0, fold.Refused);
    }

    [Fact]
    public void Lamps_that_the_controller_itself_does_not_object_to_are_found_and_stop_the_planning()
    {
        var controller = new VirtualController(Signals.HastyAndBlind(), 0);
        var alarm = JsonDocument.Parse(Assert.Single(RunUntilAlarm(controller)).Payload).RootElement;
        Assert.Equal(("short-amber", "server"), (alarm.GetProperty("rule").GetString(), alarm.GetProperty("seenBy").GetString()));
        Assert.Equal(controller.State.Second, alarm.GetProperty("second").GetInt64());
        Assert.Equal(ControlMode.Local, controller.Mode);
        for (var i = 0; i < 200; i++) Assert.Null(Step(controller).Decision);
        Assert.Null(fold.Apply(new IntersectionInput.FrameMissed(controller.State.Second + 2), revision++).Decision);

        controller.SwitchOff();
        for (var i = 0; i < 60; i++) Assert.Null(Step(controller).Decision);
        controller.SwitchOn();
        Assert.NotNull(Step(controller).Decision);
        Assert.Equal((null, 0), (fold.Alarms.Standing, fold.Refused));
    }

    [Fact]
    public void Flashing_amber_after_a_failure_is_no_violation()
    {
        var controller = new VirtualController(Signals, 0);
        for (var i = 0; i < 3; i++) Step(controller);
        controller.Fail();
        for (var i = 0; i < 10; i++) Step(controller);
        controller.Release();
        for (var i = 0; i < 200; i++) Step(controller);
        Assert.Empty(fold.Alarms.All);
    }

    [Fact]
    public void The_same_rule_broken_again_after_a_release_that_no_frame_told_is_a_new_alarm()
    {
        var controller = new VirtualController(Signals.Hasty(), 0);
        Assert.Single(RunUntilAlarm(controller));
        var first = controller.Violation!;
        var again = first with { Second = first.Second + 500 };
        controller.Step();
        Assert.Contains(Step(controller, again).Events, e => e.Type == IntersectionEvent.ViolationFound);
        Assert.DoesNotContain(Step(controller, again).Events, e => e.Type == IntersectionEvent.ViolationFound);
        Assert.Equal([first, again], fold.Alarms.All);
        Assert.Equal(again, fold.Alarms.Standing);
    }

    [Fact]
    public void A_report_of_what_cannot_be_is_refused()
    {
        var controller = new VirtualController(Signals, 0);
        foreach (var (rule, a, b) in new (SafetyRule, int, int)[] { ((SafetyRule)77, 0, 1), (SafetyRule.ShortAmber, 99, -1), (SafetyRule.ConflictingGreen, 0, 99) })
            Assert.Equal(IntersectionEvent.InputRefused, Assert.Single(Step(controller, new Violation(0, rule, a, b, "?")).Events).Type);
    }

    private List<IntersectionEvent> RunUntilAlarm(VirtualController controller)
    {
        var alarms = new List<IntersectionEvent>();
        while (alarms.Count == 0 && controller.State.Second < 300)
            alarms.AddRange(Step(controller).Events.Where(e => e.Type == IntersectionEvent.ViolationFound));
        return alarms;
    }

    private FoldStep Step(VirtualController controller, Violation? reported = null)
    {
        controller.Step();
        var readings = DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length);
        var frame = new Frame(
            Signals.Id, controller.State.Second + 1, controller.Mode, controller.State, readings, reported ?? controller.Violation);
        return fold.Apply(new IntersectionInput.FrameCame(FrameCodec.Decode(Signals.Id, FrameCodec.Encode(frame))), revision++);
    }

    private static async Task<StreetCounts> RunAsync(IEventLog inner, FaultSpec faults)
    {
        var options = new DecisionOptions("adaptive", 0);
        var log = new OrderedLog(inner);
        await using var bus = new InprocBus();
        var actor = new IntersectionActor(Site.Models[0], options, log, bus);
        using var street = new LockstepStreet(new ScriptedStreet(Site, 4, 300), Site.Network, [Signals.Hasty()], bus, faults, 4);
        await using var host = new ActorHost([actor], bus, 1);
        await street.RunAsync(host, log, null, Cancel);
        return street.Counts;
    }

    private static async Task<List<RecordedEvent>> AlarmsAsync(IEventLog log) =>
        await log.ReadAsync(StreamNames.Intersection(Signals.Id), 0, Cancel).Where(e => e.Type == IntersectionEvent.ViolationFound).ToListAsync(Cancel);

    private static async Task<JsonElement> LastAsync(IEventLog log, string type) =>
        JsonDocument.Parse((await log.ReadAsync(StreamNames.Intersection(Signals.Id), 0, Cancel).LastAsync(e => e.Type == type, Cancel)).Payload).RootElement;
}
