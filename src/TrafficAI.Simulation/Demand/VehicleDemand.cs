using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>One vehicle that is to drive.</summary>
/// <param name="Type">Index in <see cref="StreetDemand.Types"/>.</param>
/// <param name="DepartSeconds">When it is to enter the street, in street seconds, in whole milliseconds.</param>
/// <param name="Route">Indices of edges in the network, at least one; consecutive ones are connected for the vehicle's class.</param>
/// <param name="Stops">In the order of the route.</param>
public sealed record VehicleDemand(
    string Id,
    int Type,
    double DepartSeconds,
    ImmutableArray<int> Route,
    DepartLane DepartLane,
    DepartPosition DepartPosition,
    DepartSpeed DepartSpeed,
    Arrival Arrival,
    ImmutableArray<PlannedStop> Stops);
