using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>All red lasts longer while vehicles are stuck inside.</summary>
public sealed class ClearanceTests
{
    /// <summary>Straight on from two lanes that cross, and one beside the first whose left turn waits inside; amber 3 s, then all red.</summary>
    private static readonly IntersectionModel Model = With(5);

    [Fact]
    public void Whoever_takes_longer_than_usual_is_overdue_until_he_comes_out()
    {
        var watch = new OverdueWatch(Model, _ => true);
        Observe(watch, 0, [2, 0, 0]);
        for (var second = 1; second <= 5; second++) Observe(watch, second);
        Assert.Equal(0, watch.Overdue[0]);
        Observe(watch, 6);
        Assert.Equal([2, 0, 0], watch.Overdue);
        Observe(watch, 7, exit: 0);
        Assert.Equal(1, watch.Overdue[0]);
        Observe(watch, 8, exit: 0);
        Assert.Equal(0, watch.Overdue[0]);
    }

    [Fact]
    public void Whoever_came_out_unseen_is_not_waited_for()
    {
        var watch = new OverdueWatch(Model, _ => true);
        Observe(watch, 0, [3, 0, 0]);
        for (var second = 1; second <= 30; second++) Observe(watch, second);
        Assert.Equal(3, watch.Overdue[0]);
        Observe(watch, 31);
        Assert.Equal(0, watch.Overdue[0]);
    }

    /// <summary>Exit loops that say nothing make nobody overdue: all red would last longer in every passage.</summary>
    [Fact]
    public void Nobody_is_overdue_where_it_is_not_counted_who_comes_out()
    {
        var watch = new OverdueWatch(Model, lane => lane != 0);
        Observe(watch, 0, [4, 4, 0]);
        for (var second = 1; second <= 10; second++) Observe(watch, second);
        Assert.Equal([0, 4, 0], watch.Overdue);

        var model = FourArm.Model with { Signals = FourArm.Model.Signals with { AllRedExtensionSeconds = 5 } };
        var street = new BusyJunction(model, Sensing.Full) { Stuck = _ => true };
        var optimiser = new IntersectionOptimiser(model, new("adaptive", 0));
        for (var second = 0; second < 600; second++)
        {
            var decision = optimiser.Decide(street.Next(), second)!;
            Assert.All(decision.Seen.OverdueInside, overdue => Assert.Equal(0, overdue));
            street.Obey(decision.ToPlan());
        }
    }

    [Theory]
    [InlineData(1, 0, 0, false)]
    [InlineData(2, 0, 0, true)]
    [InlineData(0, 5, 0, false)] // they have green next
    [InlineData(0, 0, 2, false)]
    [InlineData(0, 0, 3, true)]
    public void Only_those_who_are_surely_stuck_in_the_way_are_waited_for(int straight, int next, int turners, bool expected)
    {
        var proposal = new AdaptiveStrategy(Model).Propose(Passing(Model, straight, next, turners));
        Assert.Equal((expected, new PhaseId(2)), (proposal.Clears, proposal.Wanted));
        Assert.Equal(expected, proposal.Reason.ToString().Contains("inside", StringComparison.Ordinal));
    }

    [Fact]
    public void Nobody_is_waited_for_where_all_red_may_not_last_longer_or_without_the_part()
    {
        Assert.False(new AdaptiveStrategy(With(0)).Propose(Passing(With(0), 4, 0, 4)).Clears);
        Assert.False(new AdaptiveStrategy(Model, without: AdaptiveParts.Clearance).Propose(Passing(Model, 4, 0, 4)).Clears);
        var running = Passing(Model, 4, 0, 4);
        Assert.False(new AdaptiveStrategy(Model).Propose(running with { Signals = Scenes.Showing(Model, 1) }).Clears);
    }

    private static IntersectionModel With(int extension)
    {
        var model = new Street()
            .Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Left)
            .Crosses(0, 1).Crosses(1, 0, 2).Crosses(2, 1).Yields(2, 0)
            .Phases("GrG", "rGr");
        return model with { Signals = model.Signals with { AllRedExtensionSeconds = extension } };
    }

    /// <summary>In the second of amber of the passage from F1 to F2.</summary>
    private static Situation Passing(IntersectionModel model, params int[] overdue)
    {
        var shown = Scenes.Showing(model, 1);
        var passing = shown with { Next = new PhaseId(2), Elapsed = 1, Lamps = model.Signals.Interphase(new(1), new(2)).Seconds[0].Lamps };
        return new(Scenes.Picture(model, [], Scenes.Queue(3), []) with { OverdueInside = [.. overdue] }, passing);
    }

    private static void Observe(OverdueWatch watch, long second, int[]? departures = null, int? exit = null)
    {
        var loops = new LoopReading[Model.Intersection.Detectors.Length];
        if (exit is { } counted) loops[Model.ExitDetectors[counted]] = new(1, 300);
        watch.Observe(second, departures ?? [0, 0, 0], ImmutableArray.Create(loops));
    }
}
