using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>One person who is to walk.</summary>
/// <param name="Type">Index in <see cref="StreetDemand.Types"/>.</param>
/// <param name="DepartSeconds">When the walk begins, in street seconds.</param>
/// <param name="DepartMetres">Where on the first edge, along the edge's own direction; from its end if negative.</param>
/// <param name="Walks">One after another, at least one.</param>
public sealed record PersonDemand(string Id, int Type, double DepartSeconds, double DepartMetres, ImmutableArray<PlannedWalk> Walks);
