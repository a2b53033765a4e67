using System.Text;
using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Operation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>Orders of an operator among the inputs of an intersection: recorded, obeyed as far as safety lets them be, ended, and found again by a replay.</summary>
public sealed partial class OverridesInARunTests
{
    private const int Seconds = 400;
    private const string Reason = "procession on Abay avenue";
    private static readonly Site Site = ScriptedStreet.FourArm;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, InlineData("fixed"), InlineData("adaptive")]
    public async Task A_phase_is_held_and_released_and_the_log_replays(string strategy)
    {
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, strategy, (60, new(OperatorAct.Hold, new(1), 160, "aigerim", Reason)));

        var held = run.Shown.Where(s => s.Second is > 90 and < 155).ToList();
        Assert.All(held, shown => Assert.Equal((new PhaseId(1), (PhaseId?)null), (shown.Phase, shown.Next)));
        Assert.Contains(run.Shown, shown => shown.Second > 160 && shown.Phase != new PhaseId(1));
        var events = await EventsAsync(log);
        Assert.Equal(["override-begun.v1", "override-ended.v1"], events.Where(e => e.Type.StartsWith("override", StringComparison.Ordinal)).Select(e => e.Type));
        var decided = events.Where(e => e.Type == IntersectionEvent.PhaseDecided).Select(e => JsonDocument.Parse(e.Payload).RootElement).ToList();
        Assert.Contains(decided, d => d.TryGetProperty("override", out var order) && order.GetProperty("by").GetString() == "aigerim" && order.GetProperty("act").GetString() == "hold");
        Assert.False(decided[^1].TryGetProperty("override", out _));
        await ReplaysAsync(log, strategy);
    }

    [Fact]
    public async Task A_hold_does_not_outlast_the_longest_red()
    {
        var site = Site.Build(ScriptedStreet.FourArmFile, "four-arm.net.xml", ControlClass.S);
        var limit = site.Signals[0].MaximumRedSeconds!.Value;
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, "fixed", [(10, new(OperatorAct.Hold, new(1), 390, "aigerim", Reason))], site);
        Assert.Contains(run.Shown, shown => shown.Second is > 100 and < 380 && shown.Phase != new PhaseId(1));
        Assert.All(run.Shown, shown => Assert.All(site.Signals[0].Groups, group => Assert.True(shown.Lamps[group.Index] != Lamp.Red || shown.LampSeconds[group.Index] <= limit)));
    }

    [Fact]
    public async Task The_plan_of_fixed_times_runs_while_an_operator_wants_it()
    {
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, "max-pressure", (10, new(OperatorAct.Plan, null, 390, "aigerim", Reason)));
        var plan = Site.Signals[0].LocalPlan;
        var shown = run.Shown.Where(s => s.Second is > 150 and < 380 && s.Next is null).ToList();
        Assert.True(shown.Count(s => s.Phase == plan.PhaseAt(s.Second)) > 0.8 * shown.Count);
        await ReplaysAsync(log, "max-pressure");
    }

    [Fact]
    public async Task A_controller_flashes_amber_on_order_until_it_is_taken_back()
    {
        await using var log = new MemoryEventLog();
        var run = await RunAsync(log, "adaptive", (60, new(OperatorAct.Flash, null, 300, "aigerim", Reason)), (200, new(OperatorAct.Release, null, 0, "daniyar", "the procession has passed")));
        Assert.All(run.Shown.Where(s => s.Second is > 100 and < 198), shown => Assert.All(shown.Lamps, lamp => Assert.True(lamp is Lamp.FlashingAmber or Lamp.Dark)));
        Assert.Contains(run.Shown, shown => shown.Second is > 205 and < 230 && shown.Lamps.Any(lamp => lamp.IsGreen()));
        var ended = (await EventsAsync(log)).Single(e => e.Type == IntersectionEvent.OverrideEnded);
        Assert.Contains("\"how\":\"withdrawn\",\"by\":\"daniyar\",\"reason\":\"the procession has passed\"", Encoding.UTF8.GetString(ended.Payload.Span), StringComparison.Ordinal);
        await ReplaysAsync(log, "adaptive");
    }

    [Fact]
    public void A_controller_that_does_not_flash_is_told_again()
    {
        var fold = new IntersectionFold(Site.Models[0], new DecisionOptions("fixed", 0));
        var controller = new VirtualController(Site.Signals[0], 0);
        fold.Apply(Next(controller), 0);
        var told = fold.Apply(new IntersectionInput.OperatorActed(1, new(OperatorAct.Flash, null, 100, "aigerim", Reason)), 1).Mode;
        Assert.Equal(new ModeOrder(true, 99, Reason), told);
        var again = Enumerable.Range(2, 9).Select(revision => fold.Apply(Next(controller), revision).Mode).ToList();
        Assert.Equal([new ModeOrder(true, 94, Reason)], again.OfType<ModeOrder>());
        controller.SwitchOff(50);
        Assert.All(Enumerable.Range(20, 40), revision => Assert.Null(fold.Apply(Next(controller), revision).Mode));
    }

    [Fact]
    public void A_controller_that_goes_on_flashing_after_it_was_taken_back_is_told_again()
    {
        const string Over = "the procession has passed";
        var fold = new IntersectionFold(Site.Models[0], new DecisionOptions("fixed", 0));
        var controller = new VirtualController(Site.Signals[0], 0);
        fold.Apply(new IntersectionInput.OperatorActed(0, new(OperatorAct.Flash, null, 100, "aigerim", Reason)), 0);
        controller.SwitchOff(100);
        foreach (var revision in Enumerable.Range(1, 40)) fold.Apply(Next(controller), revision);
        Assert.Equal(new ModeOrder(false, null, Over), fold.Apply(new IntersectionInput.OperatorActed(40, new(OperatorAct.Release, null, 0, "daniyar", Over)), 41).Mode);
        var again = Enumerable.Range(42, 11).Select(revision => fold.Apply(Next(controller), revision).Mode).OfType<ModeOrder>();
        Assert.Equal([new(false, null, Over), new(false, null, Over)], again);
        controller.SwitchOn();
        Assert.All(Enumerable.Range(60, 70), revision => Assert.Null(fold.Apply(Next(controller), revision).Mode));
    }

    [Fact]
    public async Task An_order_without_a_reason_is_recorded_and_refused()
    {
        await using var log = new MemoryEventLog();
        var plain = await RunAsync(new MemoryEventLog(), "adaptive");
        var run = await RunAsync(log, "adaptive", (60, new(OperatorAct.Hold, new(1), 160, "aigerim", "")));
        Assert.Equal(plain.Shown.Select(s => s.Phase), run.Shown.Select(s => s.Phase));
        var refused = (await EventsAsync(log)).Single(e => e.Type == IntersectionEvent.InputRefused);
        Assert.Contains("an order gives its reason in 10 to 500 characters", Encoding.UTF8.GetString(refused.Payload.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_operators_order_no_monitor_sees_anything_unsafe()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var chance = new Random(seed);
            await using var log = new MemoryEventLog();
            var orders = Enumerable.Range(0, 30).Select(_ => Order(chance)).ToArray();
            var run = await RunAsync(log, seed % 2 == 0 ? "adaptive" : "actuated", orders, Site, emergencies: true);
            var monitor = new ConflictMonitor(Site.Signals[0]);
            Assert.All(run.Shown, shown => Assert.Null(monitor.Observe(shown.Second, shown.Lamps)));
            await ReplaysAsync(log, seed % 2 == 0 ? "adaptive" : "actuated");
        }
    }

    [Fact]
    public void A_fold_that_goes_on_from_its_image_still_knows_the_order()
    {
        var options = new DecisionOptions("adaptive", 0);
        var (whole, controller) = (new IntersectionFold(Site.Models[0], options), new VirtualController(Site.Signals[0], 0));
        whole.Apply(Next(controller), 0);
        whole.Apply(new IntersectionInput.OperatorActed(1, new(OperatorAct.Hold, new(2), 40, "aigerim", Reason)), 1);
        for (var i = 2; i < 20; i++) whole.Apply(Next(controller), i);
        var again = new IntersectionFold(Site.Models[0], options);
        again.Load(whole.Save());
        for (var i = 20; i < 80; i++)
        {
            var frame = Next(controller);
            var (expected, found) = (whole.Apply(frame, i), again.Apply(frame, i));
            Assert.Equal((expected.Decision!.Wanted, expected.Decision.Override), (found.Decision!.Wanted, found.Decision.Override));
        }

        Assert.Equal(whole.Save().ToArray(), again.Save().ToArray());
    }

    private static (int Second, OperatorOrder Order) Order(Random chance)
    {
        var second = chance.Next(Seconds);
        var act = (OperatorAct)chance.Next(4);
        PhaseId? phase = act == OperatorAct.Hold ? new(chance.Next(1, Site.Signals[0].Phases.Length + 1)) : null;
        return (second, new(act, phase, second + chance.Next(1, 120), "aigerim", Reason));
    }

    /// <summary>Runs an intersection with its controller; what was shown in each second.</summary>
    private static async Task<(List<SignalState> Shown, string Digest)> RunAsync(IEventLog log, string strategy, params (int Second, OperatorOrder Order)[] orders) =>
        await RunAsync(log, strategy, orders, Site);

    private static async Task<(List<SignalState> Shown, string Digest)> RunAsync(
        IEventLog log, string strategy, (int Second, OperatorOrder Order)[] orders, Site site, bool emergencies = false)
    {
        await using var bus = new InprocBus();
        var controller = new VirtualController(site.Signals[0], 0);
        var gate = new OpenGate(controller, bus: bus);
        var actor = new IntersectionActor(site.Models[0], new DecisionOptions(strategy, 0), log, bus);
        await using var host = new ActorHost([actor], bus, 1);
        using var hears = bus.SubscribePlans(plan => gate.Take(plan));
        var street = new ScriptedStreet(site, 7, Seconds);
        var shown = new List<SignalState>();
        for (var second = 0; second < Seconds; second++, street.Step())
        {
            foreach (var (_, order) in orders.Where(o => o.Second == second)) host.Tell(actor.Id, new IntersectionInput.OperatorActed(second, order));
            gate.BeforeSecond();
            controller.Step();
            shown.Add(controller.State);
            host.Tell(actor.Id, Frame(controller, emergencies ? street.Sense(0) : OnlyCars(street.Sense(0))));
            await host.SettledAsync();
        }

        await host.EndAsync(Seconds + 1);
        return (shown, DecisionDigest.Of([actor.Fold.Digest]));
    }

    private static DetectorReadings OnlyCars(DetectorReadings readings) =>
        readings with { Objects = [.. readings.Objects.Select(o => o with { Class = ObjectClass.Car })] };

    private static async Task ReplaysAsync(IEventLog log, string strategy, Site? site = null) => Assert.Null(
        (await new Replay(log, new SiteRecord(LockstepContract.Header(strategy, 0), default), site ?? Site).VerifyAsync(null, Cancel)).First);

    private static async Task<List<RecordedEvent>> EventsAsync(IEventLog log) =>
        await log.ReadAsync(StreamNames.Intersection(Site.Signals[0].Id), cancel: Cancel).ToListAsync(Cancel);

    private static IntersectionInput.FrameCame Next(VirtualController controller)
    {
        controller.Step();
        return Frame(controller, DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length));
    }

    private static IntersectionInput.FrameCame Frame(VirtualController controller, DetectorReadings readings) =>
        new(new Frame(controller.Signals.Id, controller.Second + 1, controller.Mode, controller.State, readings, controller.Violation));
}
