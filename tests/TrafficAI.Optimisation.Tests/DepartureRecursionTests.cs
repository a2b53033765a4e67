using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class DepartureRecursionTests
{
    private static readonly PhaseId First = new(1);

    [Fact]
    public void A_standing_queue_leaves_at_the_headway_after_the_start_up()
    {
        // 1.5, 3.3, 5.1, 6.9 s after a green that begins in 4 s
        var model = new Street().Lane(TurnDirection.Straight).Phases("G");
        Assert.Equal([5, 7, 9, 10], Leaving(model, [Queue(4)], opens: [4]));
    }

    [Fact]
    public void A_moving_vehicle_leaves_when_it_arrives_or_a_headway_after_the_one_before()
    {
        var model = new Street().Lane(TurnDirection.Straight).Phases("G");
        Assert.Equal([3, 4, 9], Leaving(model, [[Moving(3), Moving(3.5), Moving(9.2)]], opens: [0]));
    }

    [Fact]
    public void A_lane_ends_at_the_first_vehicle_with_red()
    {
        // all in the lane turn left for sure: shares 1 and 0
        var model = new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Phases("Gr");
        var picture = Picture(model, Queue(3)) with { TurnShares = [0, 1] };
        Assert.Empty(Leaving(model, picture, [0, 0]));
    }

    [Fact]
    public void A_lane_ends_at_a_full_exit()
    {
        var model = new Street().Lane(TurnDirection.Straight).Phases("G");
        var picture = Picture(model, Queue(3)) with { ExitBlocked = [true] };
        Assert.Empty(Leaving(model, picture, [0]));
    }

    [Fact]
    public void A_yielding_vehicle_waits_for_the_opposing_queue()
    {
        // the foes leave at 1.5, 3.3, … 17.7 s; the line is clear of the last one a second later
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Yields(1, 0).Phases("Gg");
        var leaving = Leaving(model, [Queue(10), Queue(2, 50)], opens: [0, 0]);
        Assert.Equal([19, 22], leaving.TakeLast(2));
    }

    [Fact]
    public void A_yielding_vehicle_without_foes_loses_only_its_longer_headway()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Yields(1, 0).Phases("Gg");
        Assert.Equal([1, 4, 7], Leaving(model, [[], Queue(3)], opens: [0, 0]));
    }

    [Fact]
    public void A_yielding_vehicle_finds_no_gap_in_a_heavy_stream()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Yields(1, 0).Phases("Gg");
        ApproachingVehicle[] stream = [.. Enumerable.Range(0, 25).Select(i => Moving(2.5 * i))];
        Assert.Equal(24, Leaving(model, [stream, Queue(2, 900)], opens: [0, 0]).Length);
    }

    [Fact]
    public void A_full_pocket_that_is_red_holds_up_the_through_traffic_behind_it()
    {
        // the pocket holds two; a third that wants it stands at the end of the lane upstream
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Pockets(15).Phases("Gr", "rG");
        ApproachingVehicle[] pocket = [.. Queue(2, 50), Upstream(16, 60)];
        ApproachingVehicle[] through = [Standing(0), Upstream(24, 70), Upstream(32, 71)];
        Assert.Single(Leaving(model, [through, pocket], opens: [0, 0]));
    }

    [Fact]
    public void A_full_pocket_that_discharges_lets_those_behind_it_pass_later()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Pockets(15).Phases("GG");
        ApproachingVehicle[] pocket = [.. Queue(2, 50), Upstream(16, 60)];
        ApproachingVehicle[] through = [Standing(0), Upstream(24, 70)];
        var leaving = Leaving(model, [through, pocket], opens: [0, 0]);
        Assert.Equal(5, leaving.Length);
        Assert.True(leaving[^1] > 5, "the last one had to wait for room in the pocket");
    }

    [Fact]
    public void A_pocket_with_room_holds_up_nobody()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Left).Pockets(60).Phases("Gr", "rG");
        ApproachingVehicle[] pocket = [.. Queue(2, 50), Upstream(62, 60)];
        ApproachingVehicle[] through = [Standing(0), Upstream(70, 70), Upstream(78, 71)];
        Assert.Equal(3, Leaving(model, [through, pocket], opens: [0, 0]).Length);
    }

    private static ApproachingVehicle Upstream(double metres, uint key) => new(metres, 0, 0, true, ObjectClass.Car, key, Upstream: 2);

    private static int[] Leaving(IntersectionModel model, ApproachingVehicle[][] lanes, int[] opens) => Leaving(model, Picture(model, lanes), opens);

    /// <summary>The seconds in which vehicles leave, in rising order.</summary>
    private static int[] Leaving(IntersectionModel model, TrafficPicture picture, int[] opens)
    {
        var table = new VehicleTable(model);
        table.Load(picture);
        var served = new int[DepartureRecursion.HorizonSeconds];
        new DepartureRecursion(model, table)
            .AddServed(First, 0, opens, new bool[model.Lanes.Length], picture.ExitBlocked.AsSpan(), served);
        return [.. served.SelectMany((n, s) => Enumerable.Repeat(s, n))];
    }
}
