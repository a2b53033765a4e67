using TrafficAI.Network;
using TrafficAI.Optimisation.Plans;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests.Plans;

public sealed class DemandCounterTests
{
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Phases("G", "r");

    [Fact]
    public void Who_passes_and_who_is_left_standing_has_come()
    {
        var counter = new DemandCounter(Model);
        for (var second = 0; second < 1800; second++) counter.Add(Frame(second, second < 900 ? Passing(second) : Waiting(3)));
        var counts = counter.Counts();
        Assert.Equal([0, 900], counts.Intervals.Select(i => i.From));
        Assert.Equal([900L, 900], counts.Intervals.Select(i => i.Seconds));
        Assert.InRange(counts.Intervals[0].Vehicles[0], 89, 90); // one every 10 s
        Assert.Equal(3, counts.Intervals[1].Vehicles[0], 1.0);
    }

    [Fact]
    public void Quarters_without_a_frame_are_missing_and_not_empty()
    {
        var counter = new DemandCounter(Model);
        for (var second = 0; second < 100; second++) counter.Add(Frame(second, []));
        for (var second = 3600; second < 3700; second++) counter.Add(Frame(second, []));
        Assert.Equal([0, 3600], counter.Counts().Intervals.Select(i => i.From));
    }

    [Fact]
    public void Days_add_up_to_the_mean_day()
    {
        var day = new IntersectionCounts([new(0, 900, [30.0])], [1.8]);
        var other = new IntersectionCounts([new(0, 450, [30.0]), new(900, 900, [10.0])], [2.2]);
        var both = IntersectionCounts.Of([day, other]);
        Assert.Equal([160, 40], both.Intervals.Select(i => i.Flow(0)));
        Assert.Equal(2.0, both.HeadwaySeconds[0], 9);
    }

    private static Frame Frame(int second, TrackedObject[] objects) => Scenes.Frame(Model, Scenes.Showing(Model, 1, second: second - 1), Scenes.Seen(Model, objects));

    /// <summary>Every 10 s another vehicle drives to the line at 10 m/s and over it.</summary>
    private static TrackedObject[] Passing(int second) => second % 10 < 5 ? [new(0, (ushort)(450 - 100 * (second % 10)), 100, ObjectClass.Car, (uint)(1 + second / 10))] : [];

    private static TrackedObject[] Waiting(int vehicles) =>
        [.. Enumerable.Range(0, vehicles).Select(i => new TrackedObject(0, (ushort)(10 + 75 * i), 0, ObjectClass.Car, (uint)(1000 + i)))];
}
