using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Lane 0 goes straight (exit 0) or left (exit 1), and waits inside for the gap; lane 1 comes against it.</summary>
public sealed class InsideWatchTests
{
    private static readonly IntersectionModel Model =
        new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).WaitsInside(1, 1).Yields(1, 2).Phases("GgG", "rGr");

    private readonly InsideWatch watch = new(Model);

    [Fact]
    public void One_who_does_not_come_out_stands_inside_after_the_time_that_the_way_takes()
    {
        watch.Departed(0, 100, 0b11);
        Assert.Equal(0, Inside(105));
        Assert.Equal(1, Inside(110));
    }

    [Fact]
    public void One_who_comes_out_is_inside_no_more()
    {
        watch.Departed(0, 100, 0b11);
        watch.CameOut(1, 112);
        Assert.Equal(0, Inside(113));
    }

    [Fact]
    public void Somebody_who_goes_straight_through_is_not_taken_for_one_who_waits()
    {
        watch.Departed(0, 100, 0b11);
        watch.Departed(0, 115, 0b11);
        watch.CameOut(0, 118);
        Assert.Equal(1, Inside(119));
    }

    [Fact]
    public void A_wrong_match_is_moved_when_only_the_other_can_have_come_out()
    {
        watch.Departed(0, 100, 0b11); // left, as will turn out
        watch.Departed(0, 102, 0b01); // straight for sure
        watch.CameOut(0, 104);        // first taken for the one of second 100
        watch.CameOut(1, 106);
        Assert.Equal(0, Inside(112));
    }

    [Fact]
    public void Nobody_is_believed_inside_who_could_have_left_and_did_not_come_out()
    {
        watch.Departed(0, 100, 0b10);
        Assert.Equal(1, Inside(115, phase: 1));
        for (var second = 116; second < 125; second++) watch.Observe(Showing(Model, 2), second);
        Assert.Equal(0, Inside(125, phase: 2));
    }

    [Fact]
    public void Nobody_is_believed_inside_for_ever()
    {
        watch.Departed(0, 100, 0b10);
        Assert.Equal(1, Inside(189));
        Assert.Equal(0, Inside(191));
    }

    private double Inside(long second, int phase = 1)
    {
        watch.Observe(Showing(Model, phase), second);
        var inside = new double[Model.Movements.Length];
        watch.Count(second, [0.5, 0.5, 1], inside);
        Assert.Equal(0, inside[0]);
        return inside[1];
    }
}
