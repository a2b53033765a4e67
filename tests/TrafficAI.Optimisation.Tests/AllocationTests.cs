using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

/// <summary>A second that is like those before it takes no memory, changes of phase included. One in which a lane holds more vehicles than ever is not like them.</summary>
public sealed class AllocationTests
{
    private const int WarmSeconds = 1_200;
    private const int MeasuredSeconds = 1_200;

    [Theory]
    [InlineData("adaptive", Sensing.Full, 0)]
    [InlineData("adaptive", Sensing.Loops, 1)]
    [InlineData("actuated", Sensing.Loops, 1)]
    [InlineData("max-pressure", Sensing.Full, 0)]
    [InlineData("fixed", Sensing.Full, 1)]
    public void To_see_and_to_decide_allocates_nothing(string strategy, Sensing sensing, int latency) =>
        Assert.Equal(0, Allocated(FourArm.Model, strategy, new(FourArm.Model, sensing), latency));

    [Fact]
    public void Nor_does_it_with_a_longest_red() =>
        Assert.Equal(0, Allocated(FourArm.Build(ControlClass.S), "adaptive", new(FourArm.Build(ControlClass.S), Sensing.Full)));

    [Fact]
    public void Nor_does_it_while_a_detector_is_lost() =>
        Assert.Equal(0, Allocated(FourArm.Model, "adaptive", new(FourArm.Model, Sensing.Loops) { DeadLoop = FourArm.Model.Lanes[0].StopDetector }, 1));

    [Fact]
    public void Nor_does_the_strategy_with_many_phases_shared_lanes_and_yielding_turns()
    {
        var street = new Street();
        for (var lane = 0; lane < 8; lane++) street.Lane(TurnDirection.Straight, TurnDirection.Left);
        for (var lane = 0; lane < 8; lane++) street.Yields(2 * lane + 1, 2 * ((lane + 4) % 8));
        var model = street.Phases([.. Enumerable.Range(0, 8).Select(p => string.Concat(Enumerable.Range(0, 16).Select(m => m / 2 % 8 == p || m / 2 % 4 == p % 4 ? 'g' : 'r')))]);
        var strategy = Strategies.Create("adaptive", model);
        var situation = new Situation(Picture(model, [.. Enumerable.Range(0, 8).Select(l => Queue(8, (uint)(100 * l)))]), Showing(model, 1));
        for (var i = 0; i < 10; i++) strategy.Propose(situation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) strategy.Propose(situation);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static long Allocated(IntersectionModel model, string strategy, BusyJunction street, int latency = 0)
    {
        var optimiser = new IntersectionOptimiser(model, new(strategy, latency));
        var (bytes, counted, phases) = (0L, 0, new HashSet<PhaseId>());
        var most = new int[model.Lanes.Length];
        while (street.Second < WarmSeconds + MeasuredSeconds)
        {
            var frame = street.Next();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var decision = optimiser.Decide(frame, frame.Second)!;
            var taken = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Null(decision.Failure);
            if (!IsRecord(decision.Seen, most) && frame.Second > WarmSeconds) (bytes, counted) = (bytes + taken, counted + 1);
            street.Obey(decision.ToPlan());
            phases.Add(street.Phase);
        }

        Assert.True(phases.Count > 1, "the phases change");
        Assert.True(counted > 0.9 * MeasuredSeconds, "most seconds are like those before");
        return bytes;
    }

    /// <param name="most">Per lane: the most vehicles so far; written.</param>
    private static bool IsRecord(TrafficPicture seen, int[] most)
    {
        var isRecord = false;
        for (var lane = 0; lane < most.Length; lane++)
        {
            isRecord |= seen.Lanes[lane].Vehicles.Length > most[lane];
            most[lane] = Math.Max(most[lane], seen.Lanes[lane].Vehicles.Length);
        }

        return isRecord;
    }
}
