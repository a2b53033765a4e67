using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

public sealed class BoxTests
{
    /// <summary>Straight on and left from one lane, straight on against it, and a cross street of the same kind; F2 protects the first left turn.</summary>
    private static readonly IntersectionModel Model = new Street()
        .Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight)
        .Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight)
        .Yields(1, 2).Yields(4, 5).Crosses(1, 2, 3, 4, 5)
        .Phases("GgGrrr", "rGrrrr", "rrrGgG", "rrrrGr");

    [Fact]
    public void Who_has_not_come_out_in_time_is_held_while_others_go_first()
    {
        var watch = new BoxWatch(Model);
        Observe(watch, 0, [2, 1, 0, 0]);
        for (var second = 1; second <= 7; second++) Observe(watch, second, [0, 1, 0, 0]);
        Assert.Equal(0, watch.Held[0]);
        for (var second = 8; second <= 10; second++) Observe(watch, second, [0, 1, 0, 0]);
        Assert.Equal(2, watch.Held[0]);
        Observe(watch, 11, exit: 1);
        Assert.Equal(1, watch.Held[0]);
        for (var second = 12; second <= 15; second++) Observe(watch, second);
        Assert.Equal(1, watch.Held[0]);
        Observe(watch, 16);
        Assert.Equal(0, watch.Held[0]);
        Assert.True(watch.IsEmpty(0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Nobody_is_held_in_a_phase_that_protects_or_stops_the_turn(int phase)
    {
        var watch = new BoxWatch(Model);
        Observe(watch, 0, [2, 1, 0, 0]);
        for (var second = 1; second <= 10; second++) Observe(watch, second, [0, 1, 0, 0]);
        Assert.Equal(2, watch.Held[0]);
        Observe(watch, 11, [0, 1, 0, 0], phase: phase);
        Assert.Equal(0, watch.Held[0]);
    }

    [Fact]
    public void Who_comes_out_is_the_one_whose_time_it_is()
    {
        var watch = new BoxWatch(Model);
        Observe(watch, 0, [1, 1, 0, 0]);
        for (var second = 1; second <= 20; second++)
            Observe(watch, second, [second % 4 == 0 ? 1 : 0, 1, 0, 0], second > 4 && second % 4 == 3 ? 0 : null);
        Assert.Equal(1, watch.Held[0]);
    }

    [Theory]
    [InlineData(1, 60, 1)]
    [InlineData(2, 4, 2)]
    [InlineData(2, 3, 0)]
    public void Who_is_held_blocks_a_lane_that_does_not_move(int held, int sinceDischarge, int expected)
    {
        var (blocking, waiting, movements) = (new int[Model.Lanes.Length], new int[Model.Lanes.Length], new int[Model.Lanes.Length]);
        new HeldTurners(Model).Find(Situation(held, sinceDischarge), blocking, waiting, movements);
        Assert.Equal([expected, 0, 0, 0], blocking);
        Assert.Equal([held, 0, 0, 0], waiting);
        Assert.Equal(1, movements[0]);
    }

    [Fact]
    public void No_green_is_held_for_a_lane_that_turners_inside_block()
    {
        var free = Situation(held: 0, sinceDischarge: 60);
        var lanes = free.Picture.Lanes;
        lanes = lanes.SetItem(0, new(Scenes.Queue(6), 6, 60)).SetItem(1, new([.. Enumerable.Range(0, 12).Select(i => Scenes.Moving(2 + 2 * i))], 0, 60))
            .SetItem(3, new(Scenes.Queue(6), 6, 60));
        free = free with { Picture = free.Picture with { Lanes = lanes } };
        var blocked = free with { Picture = free.Picture with { HeldInside = [2, 0, 0, 0], WaitingInside = [2, 0, 0, 0] } };
        var (before, after) = (Costs(free), Costs(blocked));
        Assert.True(after > before, $"{after} against {before}");
    }

    [Fact]
    public void A_lane_that_turners_inside_block_is_free_again_after_another_phase()
    {
        var situation = new Situation(Scenes.Picture(Model, Scenes.Queue(4), [], Scenes.Queue(2), []), Scenes.Showing(Model, 1));
        var held = situation with { Picture = situation.Picture with { HeldInside = [1, 0, 0, 0], WaitingInside = [1, 0, 0, 0] } };
        var stuck = new StuckLanes(Model);
        for (var second = 80; second < 100; second++) stuck.Observe(situation with { Signals = situation.Signals with { Second = second } });
        Assert.True(stuck.BlockedUnder(situation.Signals.Phase, situation)[0]);
        Assert.True(Costs(held, 1, stuck) > Costs(held));
        Assert.Equal(Costs(held, 3), Costs(held, 3, stuck));
        Assert.True(Costs(situation, 3, stuck) > Costs(situation, 3));
    }

    [Fact]
    public void Who_crosses_their_way_waits_until_those_inside_have_come_out()
    {
        var picture = Scenes.Picture(Model, [], [], Scenes.Queue(6), Scenes.Queue(6));
        var empty = new Situation(picture, Scenes.Showing(Model, 1));
        var full = empty with { Picture = picture with { WaitingInside = [3, 0, 0, 0], HeldInside = [0, 0, 0, 0] } };
        Assert.True(Costs(full, 3) > Costs(empty, 3) + 12, $"{Costs(full, 3)} against {Costs(empty, 3)}");
    }

    [Fact]
    public void All_are_counted_as_waiting_inside_as_soon_as_the_first_is_slow()
    {
        var watch = new BoxWatch(Model);
        Observe(watch, 0, [1, 1, 0, 0]);
        for (var second = 1; second <= 3; second++) Observe(watch, second, [second == 3 ? 1 : 0, 1, 0, 0]);
        Assert.Equal(0, watch.Waiting[0]);
        for (var second = 4; second <= 6; second++) Observe(watch, second, [0, 1, 0, 0]);
        Assert.Equal(2, watch.Waiting[0]);
        Assert.Equal(0, watch.Held[0]);
    }

    private static double Costs(in Situation situation, int phase = 1, StuckLanes? stuck = null)
    {
        var rollout = new Rollout(Model);
        rollout.Observe(situation.Picture);
        return rollout.Account(situation, stuck ?? new(Model), new(phase)).Sum;
    }

    private static Situation Situation(int held, int sinceDischarge)
    {
        var picture = Scenes.Picture(Model, [], [], [], []);
        return new(
            picture with { HeldInside = [held, 0, 0, 0], WaitingInside = [held, 0, 0, 0], Lanes = [.. picture.Lanes.Select(l => l with { SinceDischargeSeconds = sinceDischarge })] },
            Scenes.Showing(Model, 1));
    }

    private static void Observe(BoxWatch watch, long second, int[]? departures = null, int? exit = null, int phase = 1)
    {
        var loops = new LoopReading[Model.Intersection.Detectors.Length];
        if (exit is { } counted) loops[Model.ExitDetectors[counted]] = new(1, 300);
        watch.Observe(Scenes.Showing(Model, phase, second: second), departures ?? [0, 0, 0, 0], ImmutableArray.Create(loops));
    }
}
