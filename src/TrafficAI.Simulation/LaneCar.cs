using TrafficAI.Network;

namespace TrafficAI.Simulation;

/// <summary>One vehicle as it is seen from the roadside.</summary>
/// <param name="Vehicle">Its number in the demand, which stays.</param>
/// <param name="Position">Of its front from the begin of the lane, metres.</param>
/// <param name="Speed">m/s.</param>
/// <param name="Length">Metres.</param>
public readonly record struct LaneCar(int Vehicle, VehicleClasses Class, double Position, double Speed, double Length);
