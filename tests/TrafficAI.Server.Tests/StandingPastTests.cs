using System.Text.Json;
using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Tests;

/// <summary>What began long before a moment is in it: an override, planning that is held, a broken detector, a violation, an outage.</summary>
public sealed class StandingPastTests
{
    private const int Began = 20;
    private const int Seconds = 1_300;
    private const string Stuck = "stuck";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Moments_history_and_measures_know_what_began_twenty_minutes_before()
    {
        await using var run = await Recording.OfAsync("corridor", "fixed", Sensing.Loops, Seconds, Cancel);
        await using var log = new MemoryEventLog();
        var detector = HealthNames.Detector(run.Served.Site.Models[2], 0);
        await CopyAsync(run.Served.Log, log, detector);
        var served = await ServedLog.OpenAsync(log, "troubled", Cancel);
        await using var server = await TestServer.StartAsync(served, null, Seconds - 2);
        using var client = server.Client();

        var moment = await client.GetJsonAsync("/intersections/J3/state?at=1250");
        CheckTroubled(moment.GetProperty("state"));
        Assert.Equal(Stuck, moment.GetProperty("detectors").EnumerateArray().Single(d => d.GetProperty("id").GetString() == detector).GetProperty("health").GetString());
        var history = (await client.GetJsonAsync("/history?from=1250&to=1250"))[0].GetProperty("intersections");
        CheckTroubled(history.GetProperty("J3"));
        Assert.False(history.GetProperty("J5").GetProperty("connected").GetBoolean());
        var silent = (await client.GetJsonAsync("/intersections/J5/state?at=1250")).GetProperty("state");
        Assert.Equal((false, 100), (silent.GetProperty("connected").GetBoolean(), silent.GetProperty("second").GetInt32() + 1));

        var measures = new LogMeasures(served.Site, new(1_200, 1_260, 900));
        await measures.ReadAsync(log, Cancel);
        var held = measures.Measure(1_200, 1_260).Of(MeasureIds.Held)!.Value.Value;
        Assert.Equal(1.0, held);
        Assert.Equal(held, (await client.GetJsonAsync("/measures?from=1200&to=1259")).GetProperty("values").GetProperty(MeasureIds.Held).GetProperty("value").GetDouble());
    }

    [Fact]
    public async Task Before_it_began_and_after_it_ended_nothing_stands()
    {
        await using var run = await Recording.OfAsync("corridor", "fixed", Sensing.Loops, 60, Cancel);
        var past = new StandingPast(run.Served);
        var events = new StandingEvents();
        void Tell(long position, string type, object said)
        {
            events.Take(new("intersection-J3", position, position, type, Guid.NewGuid(), default), said);
            past.Note(2, position, events.All);
        }

        Tell(10, IntersectionEvent.OverrideBegun, Ordered());
        Tell(20, IntersectionEvent.DetectorHealthChanged, new DetectorHealthChanged(3, 3, "d", Stuck, "r"));
        Tell(25, IntersectionEvent.LampsChanged, new object());
        Tell(30, IntersectionEvent.OverrideEnded, new OverrideEnded(4, 4, "hold", "withdrawn"));
        Tell(40, IntersectionEvent.DetectorHealthChanged, new DetectorHealthChanged(5, 5, "d", "good", "r"));
        Assert.Equal(["", "10", "10", "10,20", "10,20", "20", ""], new long[] { 10, 11, 20, 21, 30, 31, 41 }.Select(at => string.Join(',', past.Before(2, at).Select(e => e.Position))));
        Assert.Empty(past.Before(1, 30));
    }

    [Fact]
    public async Task A_violation_that_cannot_be_read_stands_nowhere()
    {
        await using var run = await Recording.OfAsync("corridor", "fixed", Sensing.Loops, 60, Cancel);
        var good = new ViolationFound(3, 3, "conflicting-green", [1, 2], "F1", "server", "groups 1 and 2 were green together");
        var view = new IntersectionView(run.Served.Site.Models[2], "fixed");
        foreach (var damaged in (ViolationFound[])[good with { Groups = [] }, good with { Rule = "unknown" }])
        {
            Assert.Throws<RecordException>(() => view.Take(Event(damaged)));
            Assert.Empty(view.Standing.All);
        }

        view.Take(Event(good));
        Assert.Single(view.Standing.All);

        static RecordedEvent Event(ViolationFound said) =>
            new("intersection-J3", 0, 0, IntersectionEvent.ViolationFound, Guid.NewGuid(), EventTypes.Encode(IntersectionEvent.ViolationFound, said));
    }

    private static void CheckTroubled(JsonElement state)
    {
        Assert.Equal("olga", state.GetProperty("override").GetProperty("by").GetString());
        Assert.Equal("somebody is working here", state.GetProperty("held").GetString());
        Assert.Equal("plan", state.GetProperty("level").GetString());
        Assert.Equal("groups 1 and 2 were green together", state.GetProperty("alarm").GetString());
        Assert.NotEqual(JsonValueKind.Null, state.GetProperty("wanted").ValueKind);
    }

    private static OverrideBegun Ordered() => new(Began, Began, "hold", 10_000, "olga", "a procession passes here") { Phase = "F1" };

    /// <summary>The run, with what an actor would have told of J3 at one second, and with a link to J5 that breaks later.</summary>
    private static async Task CopyAsync(IEventLog from, IEventLog to, string detector)
    {
        var (trouble, silent) = (StreamNames.Inputs(new IntersectionId("J3")), StreamNames.Inputs(new IntersectionId("J5")));
        await foreach (var e in from.ReadAllAsync(0, Cancel))
        {
            var second = FrameCodec.IsFrame(e.Type) ? FrameCodec.SecondOf(e.Payload) : -1;
            if (e.Stream == silent && second > 100) await AppendAsync(to, silent, InputCodec.Encode(new IntersectionInput.FrameMissed(second)));
            else await to.AppendAsync(e.Stream, ExpectedRevision.Any, new EventData[] { new(e.Id, e.Type, e.Payload) }, Cancel);
            if (e.Stream != trouble || second != Began) continue;
            await AppendAsync(to, trouble, InputCodec.Encode(new IntersectionInput.PlanningHeld(Began, "somebody is working here")));
            foreach (var (type, said) in ((string, object)[])[
                (IntersectionEvent.OverrideBegun, Ordered()),
                (IntersectionEvent.DetectorHealthChanged, new DetectorHealthChanged(Began, Began, detector, Stuck, "occupied for an hour")),
                (IntersectionEvent.ViolationFound, new ViolationFound(Began, Began, "conflicting-green", [1, 2], "F1", "server", "groups 1 and 2 were green together")),
                (IntersectionEvent.ControlLevelChanged, new ControlLevelChanged(Began, Began, "sensed", "plan", "blind"))])
            {
                await AppendAsync(to, StreamNames.Intersection(new("J3")), new(type, EventTypes.Encode(type, said)));
            }
        }
    }

    private static async Task AppendAsync(IEventLog to, string stream, IntersectionEvent e) =>
        await to.AppendAsync(stream, ExpectedRevision.Any, new EventData[] { new(Guid.NewGuid(), e.Type, e.Payload) }, Cancel);
}
