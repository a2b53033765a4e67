using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class MaxPressureStrategyTests
{
    /// <summary>Lane 0 goes straight (3 in 4) or left (1 in 4), lane 1 straight; left yields in F1.</summary>
    private static readonly IntersectionModel Model =
        new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).Yields(1, 2).Phases("Ggr", "rrG");

    [Fact]
    public void The_pressure_is_share_times_queue_times_saturation_flow()
    {
        // F1: 8 × (0.75 × 1 + 0.25 × 0.6) = 7.2; F2: 6 × 1
        var candidates = Propose(1, 8, 6).Candidates;
        Assert.Equal(7.2, candidates[0].Worth, 12);
        Assert.Equal(6, candidates[1].Worth, 12);
    }

    [Theory]
    [InlineData(10, 1)] // 10 × 18 / (18 + 4.5) = 8, less than 9
    [InlineData(12, 2)] // 12 × 21.6 / (21.6 + 4.5) = 9.93
    public void Another_phase_must_make_good_the_time_lost_for_it(int waiting, int wanted)
    {
        Assert.Equal(wanted, Propose(1, 10, waiting).Wanted.Number);
    }

    [Fact]
    public void A_full_exit_has_no_pressure()
    {
        var picture = Picture() with { ExitBlocked = [false, false, true] };
        var proposal = Strategies.Create("max-pressure", Model).Propose(new(picture, Showing(Model, 1)));
        Assert.Equal(0, proposal.Candidates[1].Worth);
    }

    [Fact]
    public void With_nobody_there_the_running_phase_stays()
    {
        Assert.Equal(2, Propose(2, 0, 0).Wanted.Number);
    }

    private static Proposal Propose(int running, int first, int second) =>
        Strategies.Create("max-pressure", Model).Propose(new(Picture(first, second), Showing(Model, running)));

    private static TrafficPicture Picture(int first = 8, int second = 60) =>
        Scenes.Picture(Model, Queue(first), Queue(second, 100)) with { TurnShares = [0.75, 0.25, 1] };
}
