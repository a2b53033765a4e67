using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests.Demand;

/// <summary>The figures are what SUMO 1.15 itself answers for a type of which only the class is said (TraCI, vehicle type values).</summary>
public class ClassDefaultsTests
{
    [Theory]
    [InlineData(VehicleClasses.Passenger, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0.1)]
    [InlineData(VehicleClasses.Private, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0.1)]
    [InlineData(VehicleClasses.Emergency, 6.5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0)]
    [InlineData(VehicleClasses.Authority, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0)]
    [InlineData(VehicleClasses.Army, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0)]
    [InlineData(VehicleClasses.Vip, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0.1)]
    [InlineData(VehicleClasses.Pedestrian, 0.215, 0.25, 37.58, 1.5, 2, 5, 0.5, 0.1)]
    [InlineData(VehicleClasses.Taxi, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0.05)]
    [InlineData(VehicleClasses.Bus, 12, 2.5, 100, 1.2, 4, 7, 0.5, 0)]
    [InlineData(VehicleClasses.Coach, 14, 2.5, 100, 2, 4, 7, 0.5, 0.05)]
    [InlineData(VehicleClasses.Delivery, 6.5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0.05)]
    [InlineData(VehicleClasses.Truck, 7.1, 2.5, 130, 1.3, 4, 7, 0.5, 0.05)]
    [InlineData(VehicleClasses.Trailer, 16.5, 2.5, 130, 1.1, 4, 7, 0.5, 0.05)]
    [InlineData(VehicleClasses.Motorcycle, 2.2, 2.5, 200, 6, 10, 10, 0.5, 0.1)]
    [InlineData(VehicleClasses.Moped, 2.1, 2.5, 60, 1.1, 7, 10, 0.5, 0.1)]
    [InlineData(VehicleClasses.Bicycle, 1.6, 0.5, 50, 1.2, 3, 7, 0.5, 0.1)]
    [InlineData(VehicleClasses.Tram, 22, 2.5, 80, 1, 3, 7, 0, 0)]
    [InlineData(VehicleClasses.RailUrban, 109.5, 5, 100, 1, 3, 7, 0, 0)]
    [InlineData(VehicleClasses.Rail, 135, 5, 160, 0.25, 1.3, 5, 0, 0)]
    [InlineData(VehicleClasses.RailElectric, 200, 5, 220, 0.5, 1.3, 5, 0, 0)]
    [InlineData(VehicleClasses.RailFast, 200, 5, 330, 0.5, 1.3, 5, 0, 0)]
    [InlineData(VehicleClasses.Custom1, 5, 2.5, 200, 2.6, 4.5, 9, 0.5, 0.1)]
    public void Class_has_the_values_of_Sumo(
        VehicleClasses vehicleClass, double length, double minGap, double kilometresPerHour, double acceleration, double deceleration, double emergency, double sigma, double deviation)
    {
        var type = ClassDefaults.Of(vehicleClass, "t");
        Assert.Equal((length, minGap, acceleration, deceleration), (type.LengthMetres, type.MinGapMetres, type.Acceleration, type.Deceleration));
        Assert.Equal(kilometresPerHour, type.MaxSpeed * 3.6, 9);
        Assert.Equal((emergency, deceleration, sigma, 1.0), (type.EmergencyDeceleration, type.ApparentDeceleration, type.Sigma, type.Tau));
        Assert.Equal(new SpeedFactor(1, deviation, 0.2, 2), type.SpeedFactor);
    }
}
