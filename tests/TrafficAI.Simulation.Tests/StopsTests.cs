namespace TrafficAI.Simulation.Tests;

/// <summary>Vehicles that halt on their way.</summary>
public sealed class StopsTests
{
    private const int MostSeconds = 3600;

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.5)]
    public void Who_has_halted_goes_on_to_the_end_of_the_route_and_nobody_drives_through_another(int lanes, double vehiclesPerSecond)
    {
        var made = RandomStreet.Grid(3, vehiclesPerSecond, lanes, withStops: true);
        var street = new Street(made.Network, made.Demand, new(1));
        var invariants = new Invariants(street, made.Demand, 0);
        while (street.Arrived < made.Demand.Vehicles.Length && street.NowSeconds < MostSeconds)
        {
            street.SetProgramLights();
            invariants.Before();
            street.Step();
            Assert.True(invariants.Complaint() is not { } wrong, $"second {street.NowSeconds}: {invariants.Complaint()}");
        }

        Assert.Equal(made.Demand.Vehicles.Length, street.Arrived);
        Assert.All(made.Demand.Vehicles.Select((vehicle, i) => (vehicle, Trip: street.Trip(i))), one =>
        {
            Assert.Equal(one.vehicle.Route[^1], made.Network.Lanes[one.Trip.ArrivalLane].Edge);
            Assert.True(one.Trip.StopTime > 4);
        });
        var (sumo, ours) = (made.DurationsInSumo(1, MostSeconds), made.Demand.Vehicles.Select((_, i) => street.Trip(i).Duration).Average());
        Assert.Equal(made.Demand.Vehicles.Length, sumo.Length);
        Assert.InRange(ours / sumo.Average(), 0.95, 1.05);
    }
}
