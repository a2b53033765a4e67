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
        .Yields(1, 2).Yields(4, 5)
        .Phases("GgGrrr", "rGrrrr", "rrrGgG", "rrrrGr");

    [Fact]
    public void Who_has_not_come_out_in_time_is_held()
    {
        var watch = new BoxWatch(Model);
        Observe(watch, 0, departed: 2);
        for (var second = 1; second <= 7; second++) Observe(watch, second);
        Assert.Equal(0, watch.Held[0]);
        for (var second = 8; second <= 10; second++) Observe(watch, second);
        Assert.Equal(2, watch.Held[0]);
        Observe(watch, 11, exit: 1);
        Assert.Equal(1, watch.Held[0]);
        for (var second = 12; second <= 46; second++) Observe(watch, second);
        Assert.Equal(0, watch.Held[0]);
    }

    [Fact]
    public void Who_comes_out_is_the_one_whose_time_it_is()
    {
        var watch = new BoxWatch(Model);
        Observe(watch, 0, departed: 1);
        for (var second = 1; second <= 20; second++) Observe(watch, second, departed: second % 4 == 0 ? 1 : 0, exit: second > 4 && second % 4 == 3 ? 0 : null);
        Assert.Equal(1, watch.Held[0]);
    }

    [Theory]
    [InlineData(1, 60, false)]
    [InlineData(2, 60, true)]
    [InlineData(2, 3, false)]
    public void While_several_turners_block_their_lane_no_phase_begins_in_which_others_wait_inside(int held, int sinceDischarge, bool forbids)
    {
        var guard = new BoxGuard(Model);
        guard.Observe(Situation(held, sinceDischarge));
        Assert.Equal([false, false, forbids, false], Model.Signals.Phases.Select(p => guard.Forbids(p.Id)));
        guard.Observe(Situation(0, sinceDischarge));
        Assert.DoesNotContain(Model.Signals.Phases, p => guard.Forbids(p.Id));
    }

    [Fact]
    public void The_adaptive_strategy_frees_them_first()
    {
        var cross = Situation(held: 0, sinceDischarge: 60).Picture with { Second = 100 };
        var queue = cross.Lanes.SetItem(2, new([.. Scenes.Queue(8)], 8, 60)).SetItem(3, new([.. Scenes.Queue(8, 50)], 8, 60));
        var free = new Situation(cross with { Lanes = queue }, Scenes.Showing(Model, 1));
        var blocked = free with { Picture = free.Picture with { HeldInside = [2, 0, 0, 0] } };
        Assert.Equal(new PhaseId(3), new AdaptiveStrategy(Model).Propose(free).Wanted);
        Assert.NotEqual(new PhaseId(3), new AdaptiveStrategy(Model).Propose(blocked).Wanted);
    }

    private static Situation Situation(int held, int sinceDischarge)
    {
        var picture = Scenes.Picture(Model, [], [], [], []);
        return new(
            picture with { HeldInside = [held, 0, 0, 0], Lanes = [.. picture.Lanes.Select(l => l with { SinceDischargeSeconds = sinceDischarge })] },
            Scenes.Showing(Model, 1));
    }

    private static void Observe(BoxWatch watch, long second, int departed = 0, int? exit = null)
    {
        var loops = new LoopReading[Model.Intersection.Detectors.Length];
        if (exit is { } counted) loops[Model.ExitDetectors[counted]] = new(1, 300);
        watch.Observe(second, [departed, 0, 0, 0], ImmutableArray.Create(loops));
    }
}
