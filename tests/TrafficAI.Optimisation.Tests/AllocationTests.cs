using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class AllocationTests
{
    [Fact]
    public void A_decision_allocates_little_more_than_what_it_gives_back()
    {
        // 8 phases, 8 lanes, 64 vehicles, shared lanes and yielding turns
        var street = new Street();
        for (var lane = 0; lane < 8; lane++) street.Lane(TurnDirection.Straight, TurnDirection.Left);
        for (var lane = 0; lane < 8; lane++) street.Yields(2 * lane + 1, 2 * ((lane + 4) % 8));
        var model = street.Phases([.. Enumerable.Range(0, 8).Select(p => string.Concat(Enumerable.Range(0, 16).Select(m => m / 2 % 8 == p || m / 2 % 4 == p % 4 ? 'g' : 'r')))]);
        var strategy = Strategies.Create("adaptive", model);
        var situation = new Situation(Picture(model, [.. Enumerable.Range(0, 8).Select(l => Queue(8, (uint)(100 * l)))]), Showing(model, 1));
        for (var i = 0; i < 100; i++) strategy.Propose(situation);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) strategy.Propose(situation);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 100, 0, 1500);
    }
}
