using TrafficAI.Network;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class StabiliserTests
{
    private static readonly IntersectionModel Crossing =
        new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    private readonly Stabiliser stabiliser = new(Crossing);

    [Fact]
    public void Who_comes_after_a_long_red_that_nobody_waited_in_is_not_called_at_once()
    {
        Wait(400, []);
        Wait(20, Queue(1));
        Assert.Equal(-1, First());
    }

    [Fact]
    public void Even_a_single_vehicle_is_called_in_the_end()
    {
        Wait(100, Queue(1));
        Assert.Equal(-1, First());
        Wait(50, Queue(1));
        Assert.Equal(1, First());
    }

    [Fact]
    public void A_lane_whose_queue_is_to_wait_outside_is_passed_over()
    {
        Wait(200, Queue(1));
        Assert.Equal(1, First());
        Assert.Equal(-1, First(false, true));
    }

    private int First(params bool[] held) => stabiliser.First(new(Picture(Crossing, [], []), Showing(Crossing, 1)) { Held = held.Length == 0 ? null : held });

    private void Wait(int seconds, ApproachingVehicle[] onRed)
    {
        for (var i = 0; i < seconds; i++) stabiliser.Observe(new(Picture(Crossing, [], onRed), Showing(Crossing, 1)));
    }
}
