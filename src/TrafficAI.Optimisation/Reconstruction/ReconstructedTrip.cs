using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>A vehicle put together from what detectors told of it along its way.</summary>
/// <param name="DepartSeconds">Street second at which it enters; never before the begin of the record.</param>
/// <param name="Edges">Its way: indices in the network, each connected with the next.</param>
/// <param name="Lane">Position of the lane of its first edge on which it enters; null where that is not known.</param>
/// <param name="EndsMidway">It was not seen again behind the last edge's begin: it ends half-way along it.</param>
public sealed record ReconstructedTrip(double DepartSeconds, ImmutableArray<int> Edges, int? Lane, bool EndsMidway);
