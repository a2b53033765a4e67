using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Reconstruction;

/// <summary>One vehicle at one approach, as detectors tell of it.</summary>
/// <param name="Approach">The edge whose end is the stop line: index in the network.</param>
/// <param name="Came">Street second at which it passed a point before the stop line.</param>
/// <param name="DistanceMetres">From that point to the stop line.</param>
/// <param name="Lane">The lane on which it passed that point: index in the network; −1 where that is not known.</param>
/// <param name="Left">Street second at which it passed the stop line; null if it had not when the record ended.</param>
/// <param name="Exit">The edge that it took: index in the network.</param>
public readonly record struct Visit(int Approach, double Came, double DistanceMetres, int Lane, long? Left, int Exit);

/// <summary>What was recorded at one intersection.</summary>
/// <param name="Visits">By approach, then in the order in which they came.</param>
/// <param name="Served">Vehicles that passed its stop lines.</param>
/// <param name="QueueSeconds">Standing vehicles before all its stop lines as estimated, summed over the seconds.</param>
public sealed record RecordedTraffic(ImmutableArray<Visit> Visits, long Served, double QueueSeconds);
