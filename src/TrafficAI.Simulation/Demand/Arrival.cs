namespace TrafficAI.Simulation.Demand;

/// <summary>Where and how a vehicle ends its route.</summary>
/// <param name="PositionMetres">From the begin of the last edge; from its end if negative; null for its end. Random ones are drawn when
/// the demand is read.</param>
/// <param name="Lane">0 for the outermost lane of the last edge; null for the lane on which it comes.</param>
/// <param name="SpeedMetresPerSecond">At most this fast at its arrival; null for as fast as it comes.</param>
public readonly record struct Arrival(double? PositionMetres, int? Lane, double? SpeedMetresPerSecond);
