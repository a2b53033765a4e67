using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Coordination;

/// <summary>A stop line on one direction of a corridor.</summary>
/// <param name="Intersection">Index of the intersection in the network.</param>
/// <param name="DistanceMetres">From the first stop line along the road.</param>
/// <param name="TravelSeconds">From the first stop line at the speed limits.</param>
/// <param name="StopLanes">Indices of the lanes of the network that end at the stop line and go on along the corridor, rising.</param>
/// <param name="Links">Signal links of these ways, rising.</param>
public sealed record RouteStop(
    int Intersection, double DistanceMetres, double TravelSeconds, ImmutableArray<int> StopLanes, ImmutableArray<int> Links);
