using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

/// <summary>The futures that a rollout reckons with.</summary>
public sealed class RolloutTrafficTests
{
    private const long Second = 1000;

    private static readonly IntersectionModel Crossing = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    private static readonly TrafficPicture Empty = Picture(Crossing, [], []);

    [Fact]
    public void A_future_is_the_same_a_second_later()
    {
        var (now, later) = (Future(0, Second), Future(0, Second + 1));
        var (first, last) = (Second + 30, Second + RolloutRun.HorizonSeconds);
        var expected = Comes(now, Second).Where(t => t >= first && t < last).ToArray();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Comes(later, Second + 1).Where(t => t >= first && t < last), (a, b) => Math.Abs(a - b) < 1e-9);
    }

    [Fact]
    public void Futures_differ_and_together_bring_the_mean_rate()
    {
        const int Windows = 200;
        var drawn = new int[VehicleTable.Samples];
        for (var window = 0; window < Windows; window++)
        {
            for (var sample = 0; sample < drawn.Length; sample++) drawn[sample] += Future(sample, window * 100L).Count;
        }

        // A lane that nobody has been seen on is taken to have 0.05 vehicles a second, from half a gap after the next second on.
        var mean = 0.05 * (RolloutRun.HorizonSeconds - 11) * Crossing.Lanes.Length * Windows;
        Assert.InRange(drawn.Average(), 0.97 * mean, 1.03 * mean);
        Assert.Equal(drawn.Length, drawn.Distinct().Count());
    }

    [Fact]
    public void Whoever_comes_turns_as_the_shares_of_the_lane_say()
    {
        var model = new Street().Lane(TurnDirection.Straight, TurnDirection.Right).Phases("GG");
        var future = new RolloutTraffic(model, new(model), new(model), 1, 0);
        var right = 0;
        var all = 0;
        for (var window = 0; window < 300; window++)
        {
            future.Load(Picture(model, Queue(0)) with { TurnShares = [0.7, 0.3] }, window * 100L);
            all += future.Count;
            right += future.Turns.Take(future.Count).Count(turn => turn == 1);
        }

        Assert.InRange((double)right / all, 0.26, 0.34);
    }

    [Fact]
    public void Within_a_lane_nobody_comes_before_the_one_ahead()
    {
        var future = new RolloutTraffic(Crossing, new(Crossing), new(Crossing), 1, 2);
        var picture = Picture(Crossing, Queue(9), [Moving(4)]);
        future.Load(picture with { Lanes = [new([.. Queue(9)], [3, 12, 40]), picture.Lanes[1]] }, Second);
        foreach (var lane in Crossing.Lanes)
        {
            var arrivals = future.Arrivals[future.Start[lane.Index]..future.Start[lane.Index + 1]];
            Assert.Equal(arrivals.Order(), arrivals);
        }

        Assert.Equal([3.0, 12.0, 40.0], future.Arrivals[(future.Start[0] + 9)..(future.Start[0] + 12)]);
    }

    [Fact]
    public void No_lane_takes_in_more_than_it_has_room_for()
    {
        var future = new RolloutTraffic(Crossing, new(Crossing), new(Crossing), 1, 0);
        var picture = Picture(Crossing, Queue(60), []);
        var told = Enumerable.Range(0, 85).Select(i => (double)i).ToArray();
        future.Load(picture with { Lanes = [new([.. Queue(60)], [.. told]), picture.Lanes[1]] }, Second);
        Assert.Equal(RolloutTraffic.LaneCapacity, future.Start[1]);
    }

    private static RolloutTraffic Future(int sample, long second)
    {
        var future = new RolloutTraffic(Crossing, new(Crossing), new(Crossing), 1, sample);
        future.Load(Empty, second);
        return future;
    }

    private static IEnumerable<double> Comes(RolloutTraffic future, long from) =>
        future.Arrivals.Take(future.Count).Select(t => from + t).Order();
}
