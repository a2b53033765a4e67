using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>What SUMO 1.15 takes for a vehicle class where a type says nothing.</summary>
internal static class ClassDefaults
{
    private const double AnySpeed = 10_000;

    /// <summary>A type of that class with nothing else said.</summary>
    /// <param name="vehicleClass">One class.</param>
    public static VehicleType Of(VehicleClasses vehicleClass, string id)
    {
        var (length, minGap, kilometresPerHour) = Body(vehicleClass);
        var (acceleration, deceleration, emergency) = Brakes(vehicleClass);
        var sigma = IsOnRails(vehicleClass) || vehicleClass == VehicleClasses.Ship ? 0 : 0.5;
        return new(
            id, vehicleClass, length, minGap, acceleration, deceleration, emergency, deceleration, Tau: 1, sigma,
            kilometresPerHour / 3.6, Wished(vehicleClass) / 3.6, new(1, Deviation(vehicleClass), 0.2, 2),
            Impatience: 0, LaneChanging.Default, JunctionManners.Default(sigma));
    }

    private static (double Length, double MinGap, double KilometresPerHour) Body(VehicleClasses vehicleClass) => vehicleClass switch
    {
        VehicleClasses.Pedestrian => (0.215, 0.25, 37.58),
        VehicleClasses.Bicycle => (1.6, 0.5, 50),
        VehicleClasses.Moped => (2.1, 2.5, 60),
        VehicleClasses.Motorcycle => (2.2, 2.5, 200),
        VehicleClasses.Truck => (7.1, 2.5, 130),
        VehicleClasses.Trailer => (16.5, 2.5, 130),
        VehicleClasses.Bus => (12, 2.5, 100),
        VehicleClasses.Coach => (14, 2.5, 100),
        VehicleClasses.Delivery or VehicleClasses.Emergency => (6.5, 2.5, 200),
        VehicleClasses.Tram => (22, 2.5, 80),
        VehicleClasses.RailUrban => (36.5 * 3, 5, 100),
        VehicleClasses.Rail => (67.5 * 2, 5, 160),
        VehicleClasses.RailElectric => (25 * 8, 5, 220),
        VehicleClasses.RailFast => (25 * 8, 5, 330),
        VehicleClasses.Ship => (17, 2.5, 8 / 1.94 * 3.6),
        _ => (5, 2.5, 200),
    };

    private static (double Acceleration, double Deceleration, double Emergency) Brakes(VehicleClasses vehicleClass) => vehicleClass switch
    {
        VehicleClasses.Pedestrian => (1.5, 2, 5),
        VehicleClasses.Bicycle => (1.2, 3, 7),
        VehicleClasses.Moped => (1.1, 7, 10),
        VehicleClasses.Motorcycle => (6, 10, 10),
        VehicleClasses.Truck => (1.3, 4, 7),
        VehicleClasses.Trailer => (1.1, 4, 7),
        VehicleClasses.Bus => (1.2, 4, 7),
        VehicleClasses.Coach => (2, 4, 7),
        VehicleClasses.Tram or VehicleClasses.RailUrban => (1, 3, 7),
        VehicleClasses.Rail => (0.25, 1.3, 5),
        VehicleClasses.RailElectric or VehicleClasses.RailFast => (0.5, 1.3, 5),
        VehicleClasses.Ship => (0.1, 0.15, 1),
        _ => (2.6, 4.5, 9),
    };

    private static double Deviation(VehicleClasses vehicleClass) => vehicleClass switch
    {
        VehicleClasses.Truck or VehicleClasses.Trailer or VehicleClasses.Coach or VehicleClasses.Delivery or VehicleClasses.Taxi => 0.05,
        VehicleClasses.Emergency or VehicleClasses.Authority or VehicleClasses.Army or VehicleClasses.Bus => 0,
        _ => IsOnRails(vehicleClass) ? 0 : 0.1,
    };

    private static double Wished(VehicleClasses vehicleClass) => vehicleClass switch
    {
        VehicleClasses.Pedestrian => 5,
        VehicleClasses.Bicycle => 20,
        _ => AnySpeed,
    };

    private static bool IsOnRails(VehicleClasses vehicleClass) => (vehicleClass
        & (VehicleClasses.Tram | VehicleClasses.RailUrban | VehicleClasses.Rail | VehicleClasses.RailElectric | VehicleClasses.RailFast)) != 0;
}
