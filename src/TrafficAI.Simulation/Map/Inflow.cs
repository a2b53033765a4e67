namespace TrafficAI.Simulation.Map;

/// <summary>A way for vehicles that leads onto a lane directly.</summary>
/// <param name="FromMetres">Length of the lane from which it comes.</param>
/// <param name="FromInside">That lane is inside a junction.</param>
internal readonly record struct Inflow(int Link, int From, double FromMetres, bool FromInside);
