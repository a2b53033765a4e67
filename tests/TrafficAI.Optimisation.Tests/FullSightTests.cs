using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class FullSightTests
{
    private static readonly IntersectionModel Shared =
        new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).Phases("Grr", "rGr", "rrG");

    [Fact]
    public void A_standing_vehicle_has_arrived_and_a_free_one_comes_at_nine_tenths_of_the_limit()
    {
        var vehicles = new Estimator(Shared).Observe(Frame(Shared, Showing(Shared, 3), Seen(Shared,
            new(0, 10, 0, ObjectClass.Car, 1), new(0, 85, 15, ObjectClass.Car, 2), new(0, 1250, 120, ObjectClass.Bus, 3)))).Lanes[0];
        Assert.Equal(2, vehicles.Queue);
        Assert.Equal([true, true, false], vehicles.Vehicles.ToArray().Select(v => v.Standing));
        Assert.Equal([0, 0, 10], vehicles.Vehicles.ToArray().Select(v => v.ArrivalSeconds));
    }

    [Fact]
    public void One_who_stands_far_behind_the_others_has_just_set_out()
    {
        var traffic = new Estimator(Shared).Observe(Frame(Shared, Showing(Shared, 3), Seen(Shared,
            new(0, 10, 0, ObjectClass.Car, 1), new(0, 1250, 0, ObjectClass.Car, 2), new(0, 1325, 0, ObjectClass.Car, 3)))).Lanes[0];
        Assert.Equal([true, false, true], traffic.Vehicles.ToArray().Select(v => v.Standing));
        Assert.Equal([0, 10, 0], traffic.Vehicles.ToArray().Select(v => v.ArrivalSeconds));
        Assert.Equal(2, traffic.Queue);
    }

    [Fact]
    public void Shares_begin_with_the_prior()
    {
        var shares = new Estimator(Shared).Observe(Frame(Shared, Showing(Shared, 1), Seen(Shared))).TurnShares;
        Assert.Equal([0.75, 0.25, 1], shares);
    }

    [Fact]
    public void A_vehicle_that_leaves_while_only_one_movement_has_green_tells_its_turn()
    {
        var estimator = new Estimator(Shared);
        estimator.Observe(Frame(Shared, Showing(Shared, 2, 20, 99), Seen(Shared, new TrackedObject(0, 30, 50, ObjectClass.Car, 1))));
        var after = estimator.Observe(Frame(Shared, Showing(Shared, 2, 21, 100), Seen(Shared)));
        Assert.Equal(0, after.Lanes[0].SinceDischargeSeconds);
        Assert.Equal(2.25 / 4, after.TurnShares[0], 12);
        Assert.Equal(1, estimator.Observe(Frame(Shared, Showing(Shared, 2, 22, 101), Seen(Shared))).Lanes[0].SinceDischargeSeconds);
    }

    [Fact]
    public void An_exit_loop_tells_the_turn_where_both_had_green()
    {
        var model = new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Phases("GG");
        var estimator = new Estimator(model);
        estimator.Observe(Frame(model, Showing(model, 1, 20, 99), Seen(model, new TrackedObject(0, 30, 50, ObjectClass.Car, 1))));
        estimator.Observe(Frame(model, Showing(model, 1, 21, 100), Seen(model)));
        estimator.Observe(Frame(model, Showing(model, 1, 22, 101), Seen(model)));
        var loops = new LoopReading[model.Intersection.Detectors.Length];
        loops[model.ExitDetectors[1]] = new(1, 300);
        var shares = estimator.Observe(Frame(model, Showing(model, 1, 23, 102), new(Sensing.Full, [], [.. loops]))).TurnShares;
        Assert.Equal(1.75 / 4, shares[1], 12);
    }

    [Fact]
    public void A_head_that_stands_in_spite_of_green_wants_to_go_elsewhere()
    {
        var estimator = new Estimator(Shared);
        var seen = Seen(Shared, new TrackedObject(0, 10, 0, ObjectClass.Car, 1), new TrackedObject(0, 90, 0, ObjectClass.Car, 2));
        Assert.Equal(0u, estimator.Observe(Frame(Shared, Showing(Shared, 1, 3, 99), seen)).Lanes[0].Vehicles[0].Excluded);
        var later = estimator.Observe(Frame(Shared, Showing(Shared, 1, 4, 100), seen)).Lanes[0];
        Assert.Equal([1u, 0u], later.Vehicles.ToArray().Select(v => v.Excluded));
        Assert.Equal(1u, estimator.Observe(Frame(Shared, Showing(Shared, 3, 1, 101), seen)).Lanes[0].Vehicles[0].Excluded);
    }

    [Fact]
    public void An_exit_is_blocked_after_eight_seconds_and_free_after_two()
    {
        var estimator = new Estimator(Shared);
        var second = 99L;
        Assert.All(Enumerable.Range(0, 8), _ => Assert.False(Blocked(1000)));
        Assert.True(Blocked(900));
        Assert.True(Blocked(100));
        Assert.False(Blocked(100));

        bool Blocked(ushort permille)
        {
            var loops = new LoopReading[Shared.Intersection.Detectors.Length];
            loops[Shared.ExitDetectors[0]] = new(0, permille);
            return estimator.Observe(Frame(Shared, Showing(Shared, 1, 9, second++), new(Sensing.Full, [], [.. loops]))).ExitBlocked[0];
        }
    }
}
