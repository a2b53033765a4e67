using System.Collections.Immutable;
using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Lane 0 turns back and lane 1 turns left into the same road; lane 2 is out of their way.</summary>
public sealed class BoxGuardTests
{
    private static readonly IntersectionModel Model = new Street()
        .Lane(TurnDirection.UTurn).Lane(TurnDirection.Left).Lane(TurnDirection.Straight)
        .WaitsInside(0, 0).WaitsInside(1, 0).OwnRoads().Phases("Grr", "rGr", "rrG");

    private readonly BoxGuard guard = new(Model);

    [Fact]
    public void Nothing_is_forbidden_while_nobody_stands_inside() => Assert.Equal([true, true, true], Allowed(2, 30, 0));

    [Fact]
    public void The_rival_is_held_back_while_somebody_is_left_inside_and_others_are_not() => Assert.Equal([true, false, true], Allowed(2, 30, 1));

    [Fact]
    public void The_first_seconds_of_the_next_phase_are_given_to_get_out() => Assert.Equal([true, true, true], Allowed(2, 5, 1));

    [Fact]
    public void While_its_own_phase_runs_it_has_not_been_left() => Assert.Equal([true, true, true], Allowed(1, 30, 1));

    [Fact]
    public void The_guard_gives_up_when_it_does_not_help()
    {
        for (var second = 0; second < 30; second++) Assert.False(Allowed(2, 30 + second, 1)[1]);
        Assert.Equal([true, true, true], Allowed(2, 60, 1));
    }

    [Fact]
    public void The_adaptive_strategy_does_not_choose_what_the_guard_forbids()
    {
        var strategy = new AdaptiveStrategy(Model);
        var picture = Picture(Model, [], Queue(9), Queue(1)) with { StandInside = [1, 0, 0] };
        Assert.Equal(3, strategy.Propose(new Situation(picture, Showing(Model, 2, 30))).Wanted.Number);
        Assert.Equal(2, strategy.Propose(new Situation(picture with { StandInside = [0, 0, 0] }, Showing(Model, 2, 31, 100))).Wanted.Number);
    }

    private bool[] Allowed(int phase, int elapsed, double inside)
    {
        var picture = Picture(Model, [], [], []) with { StandInside = ImmutableArray.Create(inside, 0, 0) };
        guard.Observe(new Situation(picture, Showing(Model, phase, elapsed)));
        return guard.Allowed.ToArray();
    }
}
