using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class InflowTests
{
    private const double Metres = 300;
    private const double FreeSeconds = Metres / Street.Limit;

    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG") with
    {
        Inlets = [new(7, 0, 0, [new(0, true, Metres, FreeSeconds), new(1, false, Metres, FreeSeconds)]), new(7, 0, 1, [new(1, true, Metres, FreeSeconds)])],
    };

    private readonly Estimator estimator = new(Model);

    [Fact]
    public void Whom_a_neighbour_counts_is_under_way_until_the_advance_loop_counts_him()
    {
        Assert.Null(Tell(9, 0, 0));
        Assert.Empty(See(10).Lanes[0].Vehicles.ToArray());
        Assert.Null(Tell(10, 1, 0));
        var vehicle = See(11).Lanes[0].Vehicles.ToArray().Single();
        Assert.False(vehicle.Standing);
        Assert.InRange(vehicle.DistanceMetres, 200, Metres);
        var nearer = See(20).Lanes[0].Vehicles.ToArray().Single();
        Assert.Equal((vehicle.Key, vehicle.DistanceMetres - 9 * 0.9 * Street.Limit), (nearer.Key, nearer.DistanceMetres), new Near());
        var passed = See(29, advance: 0).Lanes[0].Vehicles.ToArray().Single();
        Assert.Equal(vehicle.Key, passed.Key);
        Assert.Equal(45, passed.DistanceMetres);
    }

    [Fact]
    public void Who_does_not_come_is_forgotten()
    {
        Tell(9, 0, 0);
        Tell(10, 1, 0);
        for (var second = 11; second < 60; second++) See(second);
        Assert.Empty(See(60).Lanes[0].Vehicles.ToArray());
    }

    [Fact]
    public void A_lost_message_loses_no_vehicle()
    {
        Tell(9, 126, 0);
        Tell(12, 1, 0);
        Assert.Equal(3, See(13).Lanes.Sum(l => l.Vehicles.Length));
    }

    [Fact]
    public void The_lane_that_they_choose_is_learned()
    {
        Tell(0, 0, 0);
        for (var i = 1; i <= 60; i++)
        {
            var second = 40 * i;
            Tell(second, i, 0);
            See(second + 19, advance: 1);
        }

        Tell(9_000, 61, 0);
        var lanes = See(9_001).Lanes;
        Assert.DoesNotContain(lanes[0].Vehicles.ToArray(), v => v.DistanceMetres > 200);
        Assert.Single(lanes[1].Vehicles.ToArray(), v => v.DistanceMetres > 200);
    }

    [Fact]
    public void Whom_a_neighbour_expects_to_send_is_expected_after_the_way()
    {
        Tell(9, 0, 0);
        Assert.True(See(10).Lanes[1].Expected.IsEmpty);
        estimator.Believe(new(7, 10, [new(0), new(0, [0, 0, 100, 0, 0, 0, 100])]));
        var expected = See(11).Lanes[1].Expected;
        Assert.Equal(2, expected.Length);
        var way = 1 + FreeSeconds - 45 / Street.Limit + 45 / (0.9 * Street.Limit);
        // 2 and 6 s ahead, spread over the travel times; that a fifth of them turn off on the way is still believed
        Assert.InRange(expected[0], way, way + 9);
        Assert.InRange(expected[1], way + 7, way + 16);
        Assert.True(See(12 + 7).Lanes[1].Expected.IsEmpty);
    }

    [Fact]
    public void What_cannot_be_is_refused_by_name()
    {
        Assert.Equal("intersection 3 is no neighbour", estimator.Believe(new(3, 10, [new(0)])));
        Assert.Equal("intersection 7 tells of 1 links, but 2 lead here", estimator.Believe(new(7, 10, [new(0)])));
        Assert.Null(Tell(10, 0, 0));
        Assert.Equal("intersection 7 has told more recently", Tell(10, 0, 0));
    }

    private string? Tell(long second, int first, int other) => estimator.Believe(new(7, second, [new(first), new(other)]));

    private TrafficPicture See(long second, int advance = -1)
    {
        var loops = new LoopReading[Model.Intersection.Detectors.Length];
        if (advance >= 0) loops[Model.Lanes[advance].AdvanceDetector] = new(1, 400);
        return estimator.Observe(Scenes.Frame(Model, Scenes.Showing(Model, 1, 9, second - 1), new(Sensing.Loops, [], [.. loops])));
    }

    private sealed class Near : IEqualityComparer<(uint, double)>
    {
        public bool Equals((uint, double) x, (uint, double) y) => x.Item1 == y.Item1 && Math.Abs(x.Item2 - y.Item2) < 1e-6;

        public int GetHashCode((uint, double) obj) => 0;
    }
}
