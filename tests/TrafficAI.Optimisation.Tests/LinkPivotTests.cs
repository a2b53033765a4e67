using System.Collections.Immutable;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Optimisation.Tests;

public sealed class LinkPivotTests
{
    private const int Cycle = 60;

    [Fact]
    public void A_platoon_that_comes_on_red_is_met_by_a_later_green()
    {
        var problem = Problem();
        var arrivals = new CorridorArrivals([Nobody, Platoon(40)], [Nobody, Nobody]);
        var improved = LinkPivot.Improve(problem, [0, 0], arrivals);
        Assert.Equal([0, 40], improved);
        Assert.Equal((0L, 10L), LinkPivot.ArrivalsOnGreen(problem, [0, 0], arrivals));
        Assert.Equal((10L, 10L), LinkPivot.ArrivalsOnGreen(problem, improved, arrivals));
    }

    [Fact]
    public void An_inbound_platoon_moves_with_the_junction_that_it_comes_from()
    {
        var improved = LinkPivot.Improve(Problem(), [0, 0], new([Nobody, Nobody], [Platoon(40), Nobody]));
        Assert.Equal(Cycle, 40 + improved[1]); // 20 s later it comes when the green of the first junction begins
    }

    [Fact]
    public void Junctions_behind_a_link_move_together()
    {
        var problem = new CoordinationProblem([.. Enumerable.Range(0, 3).Select(i => Junction(10 * i))], 1, 1);
        var improved = LinkPivot.Improve(problem, [0, 0, 0], new([Nobody, Platoon(40), Platoon(5)], [Nobody, Nobody, Nobody]));
        Assert.Equal(improved[1], improved[2]);
    }

    [Fact]
    public void What_comes_on_green_stays_as_it_is() =>
        Assert.Equal([0, 0], LinkPivot.Improve(Problem(), [0, 0], new([Nobody, Platoon(5)], [Platoon(8), Nobody])));

    [Fact]
    public void Who_comes_on_red_waits_for_green_and_for_those_before_him()
    {
        ImmutableArray<bool> green = [.. Enumerable.Range(0, Cycle).Select(s => s < 20)];
        Assert.Equal(0, Arrivals(1, 5).Waiting(green, 0));
        Assert.Equal(10, Arrivals(1, 50).Waiting(green, 0));
        Assert.Equal(20 + 1, Arrivals(2, 50).Waiting(green, 0));
        Assert.Equal(0, Arrivals(1, 50).Waiting(green, 45));
    }

    private static StopLineArrivals Nobody { get; } = Arrivals(0, 0);

    /// <summary>Ten vehicles, one a second.</summary>
    private static StopLineArrivals Platoon(int from) => new([.. Enumerable.Range(0, Cycle).Select(s => s >= from && s < from + 10 ? 1 : 0)], 1);

    private static StopLineArrivals Arrivals(int count, int second) => new([.. Enumerable.Range(0, Cycle).Select(s => s == second ? count : 0)], 1);

    private static CoordinationProblem Problem() => new([Junction(0), Junction(10)], 1, 1);

    private static CoordinatedJunction Junction(int travel)
    {
        ImmutableArray<bool> green = [.. Enumerable.Range(0, Cycle).Select(s => s < 20)];
        return new(green, green, travel, travel);
    }
}
