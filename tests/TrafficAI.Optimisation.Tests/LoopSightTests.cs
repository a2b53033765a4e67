using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class LoopSightTests
{
    private static readonly IntersectionModel Lane = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    [Fact]
    public void Between_the_loops_the_count_is_exact_while_nobody_changes_lanes()
    {
        foreach (var (traffic, truth) in Run(cycles: 20, arrivalEvery: 7)) Assert.InRange(traffic.Vehicles.Length - truth.Between, -1, 1);
    }

    [Fact]
    public void A_queue_over_the_advance_loop_is_seen_to_go_on_behind_it()
    {
        // 15 vehicles come in the red of 45 s: 11 more than fit between the loops
        var longest = Run(cycles: 4, arrivalEvery: 3, green: 45, red: 45).Max(s => s.Traffic.Vehicles.Length);
        Assert.InRange(longest, 8, 22);
    }

    [Fact]
    public void Wrong_counts_are_forgotten_when_the_green_runs_dry()
    {
        var estimator = new Estimator(Lane);
        TrafficPicture picture = null!;
        for (var s = 0; s < 40; s++)
            picture = Observe(estimator, s, green: s >= 20, default, new LoopReading((byte)(s < 5 ? 1 : 0), 0));
        Assert.Empty(picture.Lanes[0].Vehicles.ToArray());
    }

    [Fact]
    public void Whoever_stands_on_the_stop_loop_is_not_forgotten()
    {
        var estimator = new Estimator(Lane);
        for (var s = 0; s < 290; s++)
        {
            var lane = Observe(estimator, s, green: s % 60 < 30, new LoopReading(0, 1000), default).Lanes[0];
            Assert.True(lane.Queue >= 1);
            if (s < 60) Assert.True(lane.Vehicles[0] is { Standing: true, ArrivalSeconds: 0 }); // later something blocks the lane
        }
    }

    [Fact]
    public void A_vehicle_over_the_advance_loop_arrives_after_its_free_way()
    {
        var estimator = new Estimator(Lane);
        Observe(estimator, 0, true, default, default);
        var vehicle = Observe(estimator, 1, true, default, new(1, 300)).Lanes[0].Vehicles.ToArray().Single();
        Assert.False(vehicle.Standing);
        Assert.Equal(45 / (0.9 * Street.Limit), vehicle.ArrivalSeconds, 9);
        var later = Observe(estimator, 3, true, default, default).Lanes[0].Vehicles.ToArray().Single();
        Assert.Equal(vehicle.Key, later.Key);
        Assert.Equal(vehicle.ArrivalSeconds - 2, later.ArrivalSeconds, 9);
    }

    [Fact]
    public void The_vehicles_come_in_order_of_their_distance()
    {
        foreach (var (traffic, _) in Run(cycles: 6, arrivalEvery: 3))
            Assert.Equal(traffic.Vehicles.ToArray().Select(v => v.DistanceMetres).Order(), traffic.Vehicles.ToArray().Select(v => v.DistanceMetres));
    }

    [Fact]
    public void Discharge_is_who_leaves_the_stop_loop_under_green()
    {
        var estimator = new Estimator(Lane);
        Observe(estimator, 0, true, new(1, 300), default);
        Assert.Equal(0, Observe(estimator, 1, true, default, default).Lanes[0].SinceDischargeSeconds);
        Assert.Equal(1, Observe(estimator, 2, false, new(1, 1000), default).Lanes[0].SinceDischargeSeconds);
        Assert.Equal(5, Observe(estimator, 6, false, default, default).Lanes[0].SinceDischargeSeconds);
    }

    [Fact]
    public void Who_comes_onto_the_loop_late_in_a_second_and_stays_has_not_left()
    {
        var estimator = new Estimator(Lane);
        (byte Count, int Occupancy)[] seconds = [(0, 0), (1, 100), (0, 1000), (0, 1000), (0, 400), (1, 200), (0, 0), (1, 400), (0, 0), (0, 0)];
        var left = new List<int>();
        for (var s = 0; s < seconds.Length; s++)
        {
            Observe(estimator, s, green: true, new(seconds[s].Count, (ushort)seconds[s].Occupancy), default);
            left.Add(estimator.Departures[0]);
        }

        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 0, 1, 0], left);
    }

    [Fact]
    public void A_head_on_the_loop_that_stands_in_spite_of_green_wants_to_go_elsewhere()
    {
        var model = new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Phases("rG", "Gr");
        var estimator = new Estimator(model);
        var loops = new LoopReading[model.Intersection.Detectors.Length];
        loops[model.Lanes[0].StopDetector] = new(0, 1000);
        ApproachingVehicle Head(long second, int phase, int elapsed) => estimator.Observe(
            Scenes.Frame(model, Scenes.Showing(model, phase, elapsed, second), new(Sensing.Loops, [], [.. loops]))).Lanes[0].Vehicles[0];
        Assert.Equal(0u, Head(0, 1, 3).Excluded);
        Assert.Equal(2u, Head(1, 1, 4).Excluded);
        Assert.Equal(2u, Head(2, 2, 1).Excluded);
    }

    private static IEnumerable<(LaneTraffic Traffic, LoopStreet Truth)> Run(int cycles, int arrivalEvery, int green = 30, int red = 30)
    {
        var estimator = new Estimator(Lane);
        var street = new LoopStreet();
        for (var s = 0; s < cycles * (green + red); s++)
        {
            var isGreen = s % (green + red) >= red;
            var (stop, advance) = street.Second(isGreen, s % arrivalEvery == 0);
            yield return (Observe(estimator, s, isGreen, stop, advance).Lanes[0], street);
        }
    }

    private static TrafficPicture Observe(Estimator estimator, long second, bool green, LoopReading stop, LoopReading advance)
    {
        var loops = new LoopReading[Lane.Intersection.Detectors.Length];
        loops[Lane.Lanes[0].StopDetector] = stop;
        loops[Lane.Lanes[0].AdvanceDetector] = advance;
        return estimator.Observe(Scenes.Frame(Lane, Scenes.Showing(Lane, green ? 1 : 2, 9, second), new(Sensing.Loops, [], [.. loops])));
    }
}
