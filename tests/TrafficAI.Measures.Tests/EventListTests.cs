using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Measures.EventLists;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>High-resolution event lists: what is written, and what is read back.</summary>
public sealed class EventListTests
{
    private const long Start = 1_767_225_600_000;

    [Fact]
    public void A_phase_goes_through_its_events()
    {
        var lister = new EventLister(Scene.Layout);
        lister.Take(new Fact.Decided(7, new(1), new(2), "actuated", Termination.GapOut, false));
        foreach (var frame in new Scene().Show(2, Lamp.Red).Show(6, Lamp.Green).Show(3, Lamp.Amber).Show(2, Lamp.Red).Frames) lister.Take(frame);
        var phase = lister.Events.Where(e => e.Parameter == 2 && e.Code < 20).Select(e => ((e.Milliseconds - Start) / 1000, e.Code));
        Assert.Equal([(0, EventCodes.BeginRedClearance), (2, EventCodes.BeginGreen), (8, EventCodes.GapOut), (8, EventCodes.GreenTermination), (8, EventCodes.BeginYellow), (11, EventCodes.EndYellow), (11, EventCodes.BeginRedClearance)], phase);
    }

    [Fact]
    public void A_loop_gives_as_many_pulses_as_it_counted_and_as_long_as_it_was_occupied() =>
        Prop.ForAll<(byte Count, ushort Occupied)[]>(given =>
        {
            var readings = given.Select(g => new LoopReading((byte)(g.Count % 4), (ushort)(g.Occupied % 1001))).ToList();
            var scene = new Scene();
            foreach (var reading in readings) scene.Show(1, Lamp.Red, stop: reading);
            scene.Show(1, Lamp.Red);
            var lister = new EventLister(Scene.Layout);
            foreach (var frame in scene.Frames) lister.Take(frame);
            var pulses = lister.Events.Where(e => e.Parameter == 1 && e.Code is EventCodes.DetectorOn or EventCodes.DetectorOff).ToList();
            return pulses.Count(e => e.Code == EventCodes.DetectorOn) == readings.Sum(r => r.Count)
                && pulses.Select((e, i) => e.Code == (i % 2 == 0 ? EventCodes.DetectorOn : EventCodes.DetectorOff)).All(alternates => alternates);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_list_that_is_read_back_tells_what_the_log_told()
    {
        var scene = new Scene();
        var chance = new Random(5);
        for (var cycle = 0; cycle < 20; cycle++)
        {
            for (var i = 0; i < 60; i++)
            {
                var lamp = i < 30 ? Lamp.Red : i < 50 ? Lamp.Green : i < 53 ? Lamp.Amber : Lamp.Red;
                var stop = lamp == Lamp.Red ? new LoopReading((byte)(i == 5 ? 1 : 0), (ushort)(i > 5 ? 1000 : 0)) : chance.Next(2) == 0 ? new(1, 400) : default;
                scene.Show(1, lamp, stop, chance.Next(4) == 0 ? new(1, 300) : default, default, i is > 10 and < 25 ? Lamp.Green : Lamp.Red);
            }
        }

        scene.Show(10, Lamp.Red).Show(1, Lamp.Green); // so that the list goes on for longer than what is measured
        var lister = new EventLister(Scene.Layout);
        foreach (var frame in scene.Frames) lister.Take(frame);
        var read = SiteReport.Of(ListedIntersection.Measure(Reread(lister.Events), lister.Channels, new Instant(Start), new(0, 1200, 900)), 0, 1200).Intersections[0];
        var told = scene.Measure(to: 1200);
        foreach (var id in new[] { MeasureIds.Volume, MeasureIds.SplitFailures, MeasureIds.SplitFailureRate, MeasureIds.Splits, MeasureIds.SplitMean, MeasureIds.GreenUtilisation, MeasureIds.ArrivalsOnGreen, MeasureIds.ArrivalsOnRed, MeasureIds.PedestrianWait })
            Assert.Equal((id, told.Of(id)!.Value.Value), (id, read.Of(id)!.Value.Value));
        Assert.Equal(told.Of(MeasureIds.ApproachDelay)!.Value.Value!.Value, read.Of(MeasureIds.ApproachDelay)!.Value.Value!.Value, 0.5);
        Assert.Equal(Missing.Log, read.Of(MeasureIds.Connected)!.Value.Missing);
    }

    [Fact]
    public void A_list_without_channels_tells_what_lamps_tell_and_nothing_of_vehicles()
    {
        var lister = new EventLister(Scene.Layout);
        foreach (var frame in new Scene().Show(5, Lamp.Red).Show(20, Lamp.Green, stop: new(1, 500)).Show(3, Lamp.Amber).Show(5, Lamp.Red).Frames) lister.Take(frame);
        var read = SiteReport.Of(ListedIntersection.Measure(lister.Events, [], new Instant(Start), new(0, 33, 900)), 0, 33).Intersections[0];
        Assert.Equal(23, read.Of(MeasureIds.SplitMean)!.Value.Value);
        Assert.Equal(Missing.Detectors, read.Of(MeasureIds.Volume)!.Value.Missing);
    }

    [Fact]
    public void Buttons_faults_and_endings_of_a_foreign_list_are_measured()
    {
        ImmutableArray<HighResolutionEvent> list =
        [
            On(0, 23, 4), On(0, 10, 2), On(1, 1, 2), On(5, 45, 4), On(20, 5, 2), On(20, 7, 2), On(20, 8, 2), On(23, 9, 2), On(30, 21, 4), On(40, 22, 4), On(50, 23, 4), On(60, 84, 3), On(90, 112, 9), On(95, 115, 9), On(120, 83, 3),
        ];
        var read = SiteReport.Of(ListedIntersection.Measure(list, [], new Instant(Start), new(0, 121, 900)), 0, 121).Intersections[0];
        Assert.Equal(25, read.Of(MeasureIds.PedestrianDelay)!.Value.Value);
        Assert.Equal(1, read.Of(MeasureIds.MaxOuts)!.Value.Value);
        Assert.Equal(1, read.Of(MeasureIds.DetectorFaults)!.Value.Value);
        Assert.Equal(1, read.Of(MeasureIds.PriorityServed)!.Value.Value);
    }

    [Theory]
    [InlineData("", "1 fields")]
    [InlineData("2026-01-01 00:00:00,a,82", "3 fields")]
    [InlineData("yesterday,a,82,1", "is no time")]
    [InlineData("2026-13-01 00:00:00,a,82,1", "is no time")]
    [InlineData("2026-01-01 00:00:00,,82,1", "no device")]
    [InlineData("2026-01-01 00:00:00,a,x,1", "no event code")]
    [InlineData("2026-01-01 00:00:00,a,-1,1", "no event code")]
    [InlineData("2026-01-01 00:00:00,a,82,70000", "no parameter")]
    public void A_bad_line_is_refused_with_the_reason(string line, string reason)
    {
        Assert.False(EventListReader.TryRead(line, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll<(ushort Device, uint Milliseconds, ushort Code, ushort Parameter)>(given =>
        {
            var e = new HighResolutionEvent(Start + given.Milliseconds, $"d{given.Device}", given.Code, given.Parameter);
            return EventListReader.TryRead(EventListReader.Write(e), out var read, out _) && read == e;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_makes_the_reader_stumble() =>
        Prop.ForAll<(string? Text, byte Cut, byte With)>(given =>
        {
            var good = "2026-01-01 00:00:00.1,centre,82,17";
            var line = given.Text is { } text && given.With % 3 == 0 ? text : good[..(given.Cut % good.Length)] + (char)given.With + good[(given.Cut % good.Length)..];
            var isRead = EventListReader.TryRead(line, out var read, out var error);
            return isRead == (error == "") && (!isRead || read.Device.Length > 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Channels_that_are_written_are_read_back()
    {
        var lister = new EventLister(Scene.Layout);
        foreach (var frame in new Scene().Show(1, Lamp.Red).Frames) lister.Take(frame);
        foreach (var channel in lister.Channels)
        {
            Assert.True(ChannelListReader.TryRead(Assert.Single(ChannelListReader.Write(channel)), out var read, out var error), error);
            Assert.Equal(channel with { Phases = [] }, read! with { Phases = [] });
            Assert.Equal(channel.Phases, read!.Phases);
        }
    }

    [Theory]
    [InlineData("a,2,1,Presence,w_0,0", "6 fields")]
    [InlineData(",2,1,Presence,w_0,0,2", "no device")]
    [InlineData("a,x,1,Presence,w_0,0,2", "phase is no number")]
    [InlineData("a,2,1,1,w_0,0,2", "none of Presence")]
    [InlineData("a,2,1,Advance,w_0,1e9,2", "travel time")]
    public void A_bad_channel_is_refused_with_the_reason(string line, string reason)
    {
        Assert.False(ChannelListReader.TryRead(line, out _, out var error));
        Assert.Contains(reason, error, StringComparison.Ordinal);
    }

    private static HighResolutionEvent On(long second, int code, int parameter) => new(Start + second * 1000, "7", code, parameter);

    private static ImmutableArray<HighResolutionEvent> Reread(ImmutableArray<HighResolutionEvent> events) =>
        [.. events.Select(e => EventListReader.TryRead(EventListReader.Write(e), out var read, out var error) ? read : throw new InvalidOperationException(error))];
}
