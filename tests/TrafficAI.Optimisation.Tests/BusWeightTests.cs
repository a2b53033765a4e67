using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class BusWeightTests
{
    private static readonly IntersectionModel Crossing = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");

    [Theory]
    [InlineData(ObjectClass.Bus, 1, 1)]
    [InlineData(ObjectClass.Car, 50, 1)]
    [InlineData(ObjectClass.Bus, 50, 2)]
    public void A_heavy_bus_is_not_kept_waiting_for_a_stream_of_cars(ObjectClass waiting, double weight, int wanted)
    {
        ApproachingVehicle[] cars = [.. Enumerable.Range(1, 10).Select(i => Moving(2 * i))];
        var situation = new Situation(Picture(Crossing, cars, [Standing(0) with { Class = waiting }]), Showing(Crossing, 1));
        Assert.Equal(new PhaseId(wanted), Strategies.Create("adaptive", Crossing, weight).Propose(situation).Wanted);
    }
}
