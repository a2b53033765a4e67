using System.Text;
using TrafficAI.EventLog;
using TrafficAI.FieldBus;
using TrafficAI.Optimisation;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

/// <summary>A priority request among the inputs of an intersection: recorded, decided on, answered, and found again by a replay.</summary>
public sealed class PriorityInARunTests
{
    private static readonly Site Site = ScriptedStreet.FourArm;
    private static readonly DecisionOptions Options = new("fixed", 0);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_recorded_ahead_of_a_frame_changes_decisions_and_replays()
    {
        await using var log = new MemoryEventLog();
        var (plain, asked) = (await RunAsync(new MemoryEventLog(), []), await RunAsync(log, [(30, Ask(1, 50)), (31, Ask(2, 40) with { Class = ObjectClass.Bus })]));

        Assert.NotEqual(plain, asked);
        var answers = await log.ReadAsync(StreamNames.Intersection(Site.Signals[0].Id), cancel: Cancel).Where(e => e.Type == IntersectionEvent.PriorityAnswered)
            .Select(e => Encoding.UTF8.GetString(e.Payload.Span)).ToListAsync(Cancel);
        Assert.Equal(["1 queued", "2 rejected", "1 activated", "1 completed"], answers.Select(Short));
        var result = await new Replay(log, new SiteRecord(LockstepContract.Header("fixed", 0), default), Site).VerifyAsync(null, Cancel);
        Assert.Null(result.First);
    }

    [Theory]
    [InlineData("fixed", ObjectClass.Emergency)]
    [InlineData("adaptive", ObjectClass.Bus)]
    public void A_fold_that_goes_on_from_its_image_still_knows_the_request(string strategy, ObjectClass by)
    {
        var options = new DecisionOptions(strategy, 0);
        var (whole, controller) = (new IntersectionFold(Site.Models[0], options), new VirtualController(Site.Signals[0], 0));
        whole.Apply(new IntersectionInput.PriorityAsked(0, Ask(1, 30) with { Class = by, Persons = 40, LateSeconds = 90 }), 0);
        for (var i = 0; i < 25; i++) whole.Apply(Next(controller), i);
        var again = new IntersectionFold(Site.Models[0], options);
        again.Load(whole.Save());
        for (var i = 25; i < 60; i++)
        {
            var frame = Next(controller);
            var (expected, found) = (whole.Apply(frame, i), again.Apply(frame, i));
            Assert.Equal(expected.Answers, found.Answers);
            Assert.Equal(expected.Decision!.Wanted, found.Decision!.Wanted);
        }

        Assert.Equal(whole.Save().ToArray(), again.Save().ToArray());
    }

    [Fact]
    public void What_a_bus_says_is_recorded_with_its_request()
    {
        var request = Ask(1, 30) with { Class = ObjectClass.Bus, Persons = 0, LateSeconds = -30 };
        Assert.Equal((12, request), PriorityCodec.Decode(PriorityCodec.Encode(12, request)));
    }

    /// <summary>Runs an intersection for 100 s with its controller; the digest over its decisions.</summary>
    private static async Task<string> RunAsync(IEventLog log, (int Second, PriorityRequest Request)[] asks)
    {
        await using var bus = new InprocBus();
        var controller = new VirtualController(Site.Signals[0], 0);
        var actor = new IntersectionActor(Site.Models[0], Options, log, bus);
        await using var host = new ActorHost([actor], bus, 1);
        using var hears = bus.SubscribePlans(plan => controller.Accept(plan));
        for (var second = 0; second < 100; second++)
        {
            foreach (var ask in asks.Where(a => a.Second == second)) host.Tell(actor.Id, new IntersectionInput.PriorityAsked(controller.Second, ask.Request));
            host.Tell(actor.Id, Next(controller));
            await host.SettledAsync();
        }

        await host.EndAsync(controller.Second + 2);
        return DecisionDigest.Of([actor.Fold.Digest]);
    }

    private static string Short(string json)
    {
        using var read = System.Text.Json.JsonDocument.Parse(json);
        return $"{read.RootElement.GetProperty("request").GetInt32()} {read.RootElement.GetProperty("state").GetString()}";
    }

    private static PriorityRequest Ask(uint number, long arrivesAt) => new(7, number, Site.Signals[0].Phases[1].Green.IndexOf(true), ObjectClass.Emergency, arrivesAt, false);

    private static IntersectionInput.FrameCame Next(VirtualController controller)
    {
        controller.Step();
        return new(new Frame(
            controller.Signals.Id, controller.Second + 1, controller.Mode, controller.State,
            DetectorReadings.Nothing(Sensing.Full, Site.Network.Intersections[0].Detectors.Length), controller.Violation));
    }
}
