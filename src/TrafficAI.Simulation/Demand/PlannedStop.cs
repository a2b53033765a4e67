namespace TrafficAI.Simulation.Demand;

/// <summary>A stop on the way, such as at a bus stop.</summary>
/// <param name="RouteIndex">Which edge of the route, counted from 0.</param>
/// <param name="Lane">Index of the lane in the network.</param>
/// <param name="StartMetres">Where the stop begins on the lane.</param>
/// <param name="EndMetres">Where it ends: the vehicle's front stops there, or behind those who already stand.</param>
/// <param name="DurationSeconds">Stands at least so long; 0 without.</param>
/// <param name="UntilSeconds">Leaves not before this street second; null without.</param>
/// <param name="Parking">Off the road while it stands, so that others pass.</param>
/// <param name="Place">Id of the bus stop; null for a bare lane.</param>
public sealed record PlannedStop(
    int RouteIndex, int Lane, double StartMetres, double EndMetres, double DurationSeconds, double? UntilSeconds, bool Parking, string? Place);
