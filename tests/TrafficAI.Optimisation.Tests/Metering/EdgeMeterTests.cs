using TrafficAI.Optimisation.Metering;
using static TrafficAI.Optimisation.Tests.Metering.MeteredStreet;

namespace TrafficAI.Optimisation.Tests.Metering;

public sealed class EdgeMeterTests
{
    private const int Full = 24; // 180 of 200 m
    private readonly EdgeMeter meter = new(Model, new(30, 150));
    private readonly List<GateChange> changes = [];
    private long second;

    [Fact]
    public void Only_an_approach_from_outside_that_leads_to_a_neighbour_is_a_gate()
    {
        Assert.True(EdgeMeter.IsGate(Model, [GateLane]));
        Assert.False(EdgeMeter.IsGate(Model, [InnerLane]));
        Assert.False(EdgeMeter.IsGate(Model with { Outlets = [] }, [GateLane]));
    }

    [Fact]
    public void Below_the_critical_load_every_gate_is_open()
    {
        Pass(600, atGate: 10, inside: 7, flow: 0.4);
        Assert.Empty(changes);
        Assert.DoesNotContain(true, meter.Held);
    }

    [Fact]
    public void Once_too_full_a_gate_lets_in_less_the_longer_it_lasts()
    {
        Pass(300, atGate: 4, inside: 0, flow: 0.4);
        Pass(120, atGate: 4, inside: Full, flow: 0.4);
        Pass(900, atGate: 4, inside: Full, flow: 0.4);
        Assert.True(changes.Count > 4, $"{changes.Count} changes");
        Assert.All(changes.Zip(changes.Skip(1)), pair => Assert.True(pair.First.VehiclesPerHour >= pair.Second.VehiclesPerHour && pair.First.IsHeld != pair.Second.IsHeld));
        Assert.Equal(120, changes[^1].VehiclesPerHour);
        Assert.All(changes, change => Assert.Equal(90, change.LoadPercent));
    }

    [Fact]
    public void A_gate_lets_in_what_its_rate_says()
    {
        Pass(300, atGate: 4, inside: 0, flow: 0.4);
        Pass(1200, atGate: 4, inside: Full, flow: 0.4);
        var before = entered;
        Pass(1800, atGate: 4, inside: Full, flow: 0.4);
        Assert.InRange(entered - before, 1800 / 30 - 8, 1800 / 30 + 8);
    }

    [Fact]
    public void A_gate_opens_at_its_queue_limit_and_holds_again_when_it_has_been_relieved()
    {
        Pass(900, atGate: 4, inside: Full, flow: 0.4);
        Until(held: true);
        changes.Clear();
        Pass(200, atGate: 20, inside: Full, flow: 0.4); // 150 m
        Assert.Equal(("its queue has reached the limit", 150), (Assert.Single(changes).Reason, changes[0].QueueMetres));
        Pass(100, atGate: 15, inside: Full, flow: 0.4); // above 70 % of the limit
        Assert.False(meter.Held[GateLane]);
        Pass(20, atGate: 4, inside: Full, flow: 0.4);
        Assert.True(meter.Held[GateLane]);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(90, true)]
    [InlineData(60, false)] // 83 m stand
    public void A_lane_may_have_a_lower_limit_of_its_own(int? limit, bool holds)
    {
        var own = new EdgeMeter(Model with { QueueLimits = [.. Model.Lanes.Select(lane => lane.Index == GateLane ? limit : null)] }, new(30, 150));
        var isHeld = false;
        for (var i = 0; i < 900; i++)
        {
            own.Observe(Scenes.Picture(Model, [.. Scenes.Queue(10), Scenes.Standing(26)], Scenes.Queue(Full, 200)) with { Second = i }, [i % 3 == 0 ? 1 : 0, 0]);
            isHeld |= own.Held[GateLane];
        }

        Assert.Equal(holds, isHeld);
    }

    [Fact]
    public void A_vehicle_that_stands_far_behind_is_no_queue()
    {
        for (var i = 0; i < 900; i++) Step(Scenes.Picture(Model, [.. Scenes.Queue(4), Scenes.Standing(24)], Scenes.Queue(Full, 200)) with { Second = second }, 0.4);
        Assert.Contains(changes, change => change.IsHeld);
        Assert.All(changes, change => Assert.Equal(38, change.QueueMetres));
    }

    [Fact]
    public void Where_sight_ends_before_the_limit_the_end_of_sight_is_the_limit()
    {
        for (var i = 0; i < 900; i++) Step(Scenes.Picture(Model, Scenes.Queue(8), Scenes.Queue(Full, 200)) with { Second = second }, 0.4);
        Assert.DoesNotContain(changes, change => change.IsHeld);
    }

    [Fact]
    public void When_the_region_has_recovered_for_good_the_gate_is_open()
    {
        Pass(900, atGate: 4, inside: Full, flow: 0.4);
        Until(held: true);
        Pass(119, atGate: 4, inside: 0, flow: 0);
        Pass(1, atGate: 4, inside: Full, flow: 0);
        Pass(120, atGate: 4, inside: 0, flow: 0.4);
        Assert.False(meter.Held[GateLane]);
        changes.Clear();
        Pass(900, atGate: 4, inside: 0, flow: 0.4);
        Assert.Empty(changes);
    }

    [Fact]
    public void What_neighbours_tell_counts_as_long_as_they_are_heard()
    {
        for (var i = 0; i < 600; i++)
        {
            meter.Hear(Told(second, 100));
            Pass(1, atGate: 4, inside: 4, flow: 0.4); // own load 15 %
        }

        Assert.Equal(58, meter.LoadPercent);
        Assert.Contains(changes, change => change.IsHeld);
        Pass(RegionLoad.SilentSeconds + 2, atGate: 4, inside: 4, flow: 0.4);
        Assert.Equal(15, meter.LoadPercent);
    }

    private int entered;
    private double due;

    private void Until(bool held)
    {
        for (var i = 0; i < 200 && meter.Held[GateLane] != held; i++) Pass(1, atGate: 4, inside: Full, flow: 0.4);
        Assert.Equal(held, meter.Held[GateLane]);
    }

    private void Pass(int seconds, int atGate, int inside, double flow)
    {
        for (var i = 0; i < seconds; i++) Step(Picture(second, atGate, inside), flow);
    }

    /// <summary>Who is let in enters at a flow in vehicles per second; nobody does while the gate holds.</summary>
    private void Step(TrafficPicture picture, double flow)
    {
        due += meter.Held[GateLane] ? 0 : flow;
        var departed = (int)due;
        due -= departed;
        entered += departed;
        second++;
        meter.Observe(picture, [departed, 0]);
        changes.AddRange(meter.Changes());
    }
}
