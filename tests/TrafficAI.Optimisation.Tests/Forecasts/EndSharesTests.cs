using System.Collections.Immutable;
using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Optimisation.Tests.Forecasts;

public sealed class EndSharesTests
{
    private static readonly ImmutableArray<LinkEnd> Three = [new(0, false, 300, 20), new(1, true, 300, 20), new(2, false, 300, 20)];

    private readonly LaneKeeping lanes = new();

    [Fact]
    public void What_one_link_has_learned_of_keeping_lanes_another_believes_before_it_has_seen_anybody()
    {
        var busy = new EndShares(Three, lanes);
        var quiet = new EndShares(Three, lanes);
        Assert.Equal(0.6, quiet.Share(1), 12);
        for (var i = 0; i < 95; i++) busy.Learn(1, 1);
        Assert.Equal(0.98, quiet.Share(1), 12);
        Assert.Equal(0.01, quiet.Share(0), 12);
    }

    [Fact]
    public void Its_own_vehicles_count_for_more_than_those_of_others()
    {
        var busy = new EndShares(Three, lanes);
        var odd = new EndShares(Three, lanes);
        for (var i = 0; i < 300; i++) busy.Learn(1, 1);
        for (var i = 0; i < 30; i++) odd.Learn(2, 1);
        Assert.InRange(odd.Share(2), 0.9, 1);
    }

    [Fact]
    public void Each_end_gets_its_share()
    {
        var ends = new EndShares([new(0, false, 300, 20), new(1, false, 300, 20)], lanes);
        for (var i = 0; i < 33; i++) ends.Learn(i % 3 == 0 ? 0 : 1, 1);
        Assert.Equal([22, 41], Enumerable.Range(0, 63).Select(_ => ends.Choose()).GroupBy(end => end).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.Equal(1, ends.Share(0) + ends.Share(1), 12);
    }
}
