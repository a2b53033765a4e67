namespace TrafficAI.Simulation.Demand;

/// <summary>How a driver takes a speed limit: the factor is drawn once a vehicle from a normal distribution that is cut off at both ends
/// (drawn again until it lies between them, as SUMO does).</summary>
/// <param name="Mean">More than 0.</param>
/// <param name="Deviation">0 or more; 0 means that everybody has the mean.</param>
/// <param name="Least">The smallest factor that occurs.</param>
/// <param name="Most">The largest factor that occurs.</param>
public sealed record SpeedFactor(double Mean, double Deviation, double Least, double Most);
