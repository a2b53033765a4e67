using TrafficAI.Network;

namespace TrafficAI.Optimisation.Tests;

public sealed class LaneChangesTests
{
    private static readonly IntersectionModel Road = OneRoad();

    [Fact]
    public void Half_of_a_lane_that_changes_over_is_soon_counted_there()
    {
        // every second vehicle of lane 0 changes to lane 1 behind the advance loops
        var changes = new LaneChanges(Road);
        var given = new int[2];
        for (var i = 0; i < 600; i++)
        {
            if (i >= 400) given[changes.Destination(0, 0)]++;
            else changes.Destination(0, 0);
            changes.Left(i % 2);
        }

        Assert.InRange(given[1], 70, 110);
    }

    [Fact]
    public void Vehicles_that_still_wait_are_not_taken_for_lost()
    {
        var changes = new LaneChanges(Road);
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(0, changes.Destination(0, i));
            changes.Left(1);
        }
    }

    [Fact]
    public void Lanes_of_other_roads_get_nothing()
    {
        var changes = new LaneChanges(Road);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(2, changes.Destination(2, 0));
            changes.Left(1);
        }
    }

    private static IntersectionModel OneRoad()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("GGG");
        return model with { Lanes = [.. model.Lanes.Select(l => l with { Road = l.Index < 2 ? 7 : 8 })] };
    }
}
