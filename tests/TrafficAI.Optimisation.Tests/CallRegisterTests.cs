using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class CallRegisterTests
{
    private const int MainRoad = 1;
    private const int SideLeft = 4;
    private static readonly IntersectionModel Model = FourArm.Build(ControlClass.S);

    /// <summary>A left turn of the side road: a group and a lane of its own, served by F4 only.</summary>
    private static readonly Movement Left = Model.Movements.First(m => m.Link == 2);
    private static readonly LaneModel LeftLane = Model.Lanes[Left.StopLane];

    private readonly CallRegister register = new(Model);
    private long second = 100_000;
    private int phase = SideLeft;
    private int elapsed = 1;

    [Fact]
    public void At_the_beginning_no_detector_is_healthy() =>
        Assert.All(register.Calls.Since, since => Assert.Equal(Calls.FromRed, since));

    [Fact]
    public void Without_a_maximum_red_there_are_no_calls()
    {
        var other = FourArm.Build(ControlClass.RPlus);
        var idle = new CallRegister(other);
        idle.Observe(Frame(other, Showing(other, 1), Seen(other, Object(0, 5))));
        Assert.True(idle.Calls.Since.IsDefault);
    }

    [Fact]
    public void Where_a_round_from_calls_does_not_fit_all_wait_from_red()
    {
        var tight = Model with { Signals = Model.Signals with { MaximumRedSeconds = 60 } };
        Assert.True(new CallRegister(tight).Calls.Since.IsDefault);
    }

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void A_healthy_detector_that_nobody_waits_at_says_nobody(Sensing sensing)
    {
        Red(sensing);
        Assert.Equal(Calls.Nobody, Pass(sensing, 100));
    }

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void The_first_call_counts_until_green(Sensing sensing)
    {
        Red(sensing);
        Pass(sensing, 50);
        var call = Say(Waiting(sensing));
        Assert.Equal(second, call);
        Assert.Equal(call, Pass(sensing, 20));
        Assert.Equal(call, Say(Waiting(sensing)));
        Show(SideLeft);
        Assert.Equal(Calls.Nobody, Say(Waiting(sensing)));
        Show(MainRoad);
        Assert.Equal(second + 1, Say(Waiting(sensing)));
    }

    [Fact]
    public void Whoever_drives_does_not_wait_and_whoever_crawls_does()
    {
        Red(Sensing.Full);
        Assert.Equal(Calls.Nobody, Say(Seen(Model, Object(LeftLane.Index, 20))));
        Assert.Equal(second + 1, Say(Seen(Model, Object(LeftLane.Index, 19))));
    }

    [Fact]
    public void Whoever_waits_upstream_calls_all_lanes_ahead()
    {
        Red(Sensing.Full);
        var upstream = Model.Intersection.ObservedLanes.First(o => o.Index >= Model.Lanes.Length && o.StopLanes.Contains(LeftLane.Index));
        Assert.Equal(second + 1, Say(Seen(Model, Object(upstream.Index, 0))));
    }

    [Fact]
    public void Whoever_crosses_the_advance_loop_in_red_or_just_before_it_calls()
    {
        Red(Sensing.Loops);
        Assert.Equal(second + 1, Say(Loop(LeftLane.AdvanceDetector, new(1, 300))));
        Show(SideLeft);
        Say(Loop(LeftLane.AdvanceDetector, new(1, 300)));
        Pass(Sensing.Loops, 9);
        Show(MainRoad);
        Assert.Equal(second + 1, Pass(Sensing.Loops, 1));
        Show(SideLeft);
        Say(Loop(LeftLane.AdvanceDetector, new(1, 300)));
        Pass(Sensing.Loops, 10);
        Show(MainRoad);
        Assert.Equal(Calls.Nobody, Pass(Sensing.Loops, 1));
    }

    [Fact]
    public void A_vehicle_calls_every_group_of_its_lane()
    {
        var straight = Model.Movements.First(m => m.Link == 1);
        var shared = Model with { Movements = Model.Movements.SetItem(Left.Index, Left with { StopLane = straight.StopLane }) };
        var calls = new CallRegister(shared);
        var state = Showing(shared, MainRoad);
        calls.Observe(Frame(shared, state, Seen(shared, Object(straight.StopLane, 0))));
        Assert.NotEqual(straight.Group, Left.Group);
        Assert.Equal((state.Second, state.Second), (calls.Calls.Since[straight.Group], calls.Calls.Since[Left.Group]));
    }

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void A_detector_without_life_for_ten_minutes_is_dead(Sensing sensing)
    {
        Red(sensing);
        var life = second;
        Assert.Equal(Calls.Nobody, Pass(sensing, CallRegister.DeadAfterSeconds - 1));
        Assert.Equal(life + CallRegister.DeadAfterSeconds, Pass(sensing, 1));
        Assert.Equal(life + CallRegister.DeadAfterSeconds, Pass(sensing, 50));
        Show(SideLeft);
        Pass(sensing, 1);
        Show(MainRoad);
        Assert.Equal(Calls.FromRed, Pass(sensing, 1));
        Say(Alive(sensing));
        Assert.Equal(Calls.Nobody, Pass(sensing, 1));
    }

    [Fact]
    public void A_loop_that_is_occupied_without_a_change_for_five_minutes_is_stuck()
    {
        Red(Sensing.Loops);
        Show(SideLeft);
        for (var i = 0; i <= CallRegister.StuckAfterSeconds; i++) Say(Waiting(Sensing.Loops));
        Show(MainRoad);
        Assert.Equal(Calls.FromRed, Say(Waiting(Sensing.Loops)));
    }

    [Fact]
    public void A_loop_that_was_always_occupied_never_lived()
    {
        for (var i = 0; i < 5; i++) Assert.Equal(Calls.FromRed, Say(Waiting(Sensing.Loops)));
    }

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void Pedestrians_wait_from_red(Sensing sensing)
    {
        Red(sensing);
        Assert.NotEmpty(Model.UnseenGroups);
        Assert.All(Model.UnseenGroups, group => Assert.Equal(Calls.FromRed, register.Calls.Since[group]));
    }

    [Fact]
    public void A_frame_allocates_nothing()
    {
        var frame = Frame(Model, Showing(Model, MainRoad), Seen(Model, Object(LeftLane.Index, 0)));
        for (var i = 0; i < 100; i++) register.Observe(frame);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) register.Observe(frame);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Whatever_is_wanted_nobody_who_was_seen_waiting_waits_longer_than_the_maximum_red() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => LongestWait((ulong)seed) <= Model.Signals.MaximumRedSeconds)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    /// <summary>Random wishes over a random, thin street; whoever waits stays until green. The wait is counted here, not by the register.</summary>
    private static long LongestWait(ulong seed)
    {
        var chance = new SplitMix64(seed);
        var register = new CallRegister(Model);
        var state = SignalDecider.Start(Model.Signals, 1000);
        var rare = 1 + (int)(chance.NextUnit() * 200);
        var waits = new long[Model.Lanes.Length];
        var (wish, longest) = (new PhaseId(1), 0L);
        for (var i = 0; i < 3000; i++)
        {
            var moving = i % 300 == 0;
            foreach (var lane in Model.Lanes)
            {
                if (lane.Movements.All(m => state.Lamps[Model.Movements[m].Group] == Lamp.Green)) waits[lane.Index] = 0;
                else if (waits[lane.Index] == 0 && chance.NextUnit() * rare < 1 && IsRed(lane)) waits[lane.Index] = state.Second;
                if (waits[lane.Index] > 0) longest = Math.Max(longest, state.Second + 1 - waits[lane.Index]);
            }

            var seen = Model.Lanes.Where(l => moving || waits[l.Index] > 0).Select(l => Object(l.Index, waits[l.Index] > 0 ? (ushort)0 : (ushort)100));
            register.Observe(Frame(Model, state, Seen(Model, [.. seen])));
            if (chance.NextUnit() < 0.05) wish = new(1 + (int)(chance.NextUnit() * Model.Signals.Phases.Length));
            state = SignalDecider.Advance(Model.Signals, state, wish, register.Calls).State;
        }

        return longest;

        bool IsRed(LaneModel lane) => lane.Movements.All(m => state.Lamps[Model.Movements[m].Group] == Lamp.Red);
    }

    private static TrackedObject Object(int lane, ushort speed) => new((ushort)lane, 300, speed, ObjectClass.Car, (uint)lane);

    private static DetectorReadings Quiet(Sensing sensing) => DetectorReadings.Nothing(sensing, Model.Intersection.Detectors.Length);

    private static DetectorReadings Loop(int detector, LoopReading reading) =>
        Quiet(Sensing.Loops) with { Loops = Quiet(Sensing.Loops).Loops.SetItem(detector, reading) };

    private static DetectorReadings Waiting(Sensing sensing) =>
        sensing == Sensing.Full ? Seen(Model, Object(LeftLane.Index, 0)) : Loop(LeftLane.StopDetector, new(0, 1000));

    private static DetectorReadings Alive(Sensing sensing) =>
        sensing == Sensing.Full ? Seen(Model, Object(LeftLane.Index, 100)) : Loop(LeftLane.StopDetector, new(1, 0));

    /// <summary>The left turn has just become red, and its detector has shown life in its last second of green.</summary>
    private void Red(Sensing sensing)
    {
        Say(Alive(sensing));
        Show(MainRoad);
    }

    private void Show(int next) => (phase, elapsed) = (next, 1);

    private long Pass(Sensing sensing, int seconds)
    {
        for (var i = 0; i < seconds; i++) Say(Quiet(sensing));
        return register.Calls.Since[Left.Group];
    }

    /// <returns>The call of the left turn.</returns>
    private long Say(DetectorReadings readings)
    {
        register.Observe(Frame(Model, Showing(Model, phase, elapsed++, ++second), readings));
        return register.Calls.Since[Left.Group];
    }
}
