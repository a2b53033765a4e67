using System.Collections.Immutable;

namespace TrafficAI.Simulation.Demand;

/// <summary>One walk along edges; crossings and walking areas between them are found by whoever simulates it.</summary>
/// <param name="Edges">Indices of ordinary edges in the network, at least one, in the order in which they are walked, along or against
/// their direction.</param>
/// <param name="ArrivalMetres">Where on the last edge it ends, along the edge's own direction; from its end if negative; null for the
/// end that is reached first.</param>
/// <param name="SpeedMetresPerSecond">As the file says; null for the type's speed.</param>
public sealed record PlannedWalk(ImmutableArray<int> Edges, double? ArrivalMetres, double? SpeedMetresPerSecond);
