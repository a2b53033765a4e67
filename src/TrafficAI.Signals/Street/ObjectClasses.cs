using TrafficAI.Network;

namespace TrafficAI.Signals.Street;

/// <summary>What a vehicle of a SUMO class looks like to a sensor.</summary>
public static class ObjectClasses
{
    /// <param name="vehicleClass">One class.</param>
    public static ObjectClass Of(VehicleClasses vehicleClass) => vehicleClass switch
    {
        VehicleClasses.Passenger or VehicleClasses.Private or VehicleClasses.Taxi or VehicleClasses.Hov or VehicleClasses.EVehicle
            or VehicleClasses.Vip or VehicleClasses.Authority => ObjectClass.Car,
        VehicleClasses.Truck or VehicleClasses.Trailer or VehicleClasses.Delivery or VehicleClasses.Army => ObjectClass.Truck,
        VehicleClasses.Bus or VehicleClasses.Coach => ObjectClass.Bus,
        VehicleClasses.Motorcycle or VehicleClasses.Moped or VehicleClasses.Bicycle => ObjectClass.TwoWheeler,
        VehicleClasses.Emergency => ObjectClass.Emergency,
        _ => ObjectClass.Other,
    };
}
