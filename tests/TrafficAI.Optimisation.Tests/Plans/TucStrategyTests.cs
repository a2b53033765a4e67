using FsCheck;
using FsCheck.Fluent;
using TrafficAI.Network;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests.Plans;

public sealed class TucStrategyTests
{
    private static readonly IntersectionModel Model = Planned();

    [Fact]
    public void Without_queues_it_is_the_fixed_plan() =>
        Assert.Equal(Enumerable.Range(0, 180).Select(s => Plan.PhaseAt(s)), Wanted(0, 0, 180));

    [Fact]
    public void A_queue_gets_its_phase_more_green_and_the_cycle_stays()
    {
        var balanced = Seconds(Wanted(5, 5, 3 * Plan.CycleSeconds));
        var first = Seconds(Wanted(15, 0, 3 * Plan.CycleSeconds));
        var second = Seconds(Wanted(0, 15, 3 * Plan.CycleSeconds));
        Assert.True(first > balanced && balanced > second, $"{first}, {balanced}, {second}");
    }

    [Fact]
    public void Greens_brought_onto_a_cycle_fill_it_and_keep_their_minima() =>
        Prop.ForAll(ArbMap.Default.ArbFor<(short, byte)[]>(), drawn =>
        {
            if (drawn.Length == 0) return true;
            int[] least = [.. drawn.Select(d => 1 + d.Item2 % 20)];
            var total = least.Sum() + drawn.Length * 3;
            var greens = CycleProjection.Whole([.. drawn.Select(d => d.Item1 / 100.0)], least, total);
            return greens.Sum() == total && greens.Zip(least).All(g => g.First >= g.Second);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Greens_that_fit_the_cycle_stay_as_wished() => Assert.Equal([20, 30, 10], CycleProjection.Whole([20, 30, 10], [5, 5, 5], 60));

    [Fact]
    public void What_is_too_much_is_taken_from_all_that_have_some_to_spare() => Assert.Equal([5, 35, 20], CycleProjection.Whole([3, 40, 25], [5, 5, 5], 60));

    private static FixedPlan Plan => Model.Plans!.Segments[0].Webster;

    private static int Seconds(IEnumerable<PhaseId> wanted) => wanted.Skip(2 * Plan.CycleSeconds).Count(p => p == Plan.Steps[0].Phase);

    private static IEnumerable<PhaseId> Wanted(int queueFirst, int queueSecond, int seconds)
    {
        var strategy = Strategies.Create("tuc", Model);
        var picture = Scenes.Picture(Model, Scenes.Queue(queueFirst), Scenes.Queue(queueSecond, 100));
        for (var second = 0; second < seconds; second++)
            yield return strategy.Propose(new(picture, Scenes.Showing(Model, 1, second: second - 1))).Wanted;
    }

    private static IntersectionModel Planned()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");
        var counts = new IntersectionCounts([new(0, CountedInterval.LengthSeconds, [150, 150])], [1.8, 1.8]);
        return model with { Plans = new([.. DayPlanner.Compute(model, counts).Select(p => p.Segment)]) };
    }
}
