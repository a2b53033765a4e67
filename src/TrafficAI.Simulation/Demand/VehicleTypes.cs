using TrafficAI.Network;

namespace TrafficAI.Simulation.Demand;

/// <summary>Vehicle types that stand in no file.</summary>
public static class VehicleTypes
{
    /// <summary>A type of a class with all that SUMO takes where nothing is said.</summary>
    /// <param name="vehicleClass">One class.</param>
    public static VehicleType Default(VehicleClasses vehicleClass, string id) => ClassDefaults.Of(vehicleClass, id);
}
