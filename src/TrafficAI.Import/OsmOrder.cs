using System.Collections.Immutable;

namespace TrafficAI.Import;

/// <summary>What to import.</summary>
/// <param name="RoadFiles">At least one; see <see cref="Roads.RoadFile"/>.</param>
/// <param name="JunctionFile">See <see cref="Table.JunctionTable"/>.</param>
/// <param name="Junctions">Ids of junctions that get a light; empty for all whose light is documented or inferred.</param>
/// <param name="Box">West, south, east and north in degrees; null for no bound.</param>
/// <param name="ReachMetres">How far the streets are followed from a light.</param>
/// <param name="BusLaneFile">See <see cref="Table.BusLane"/>; null for none.</param>
/// <param name="CountFile">See <see cref="Signals.TurningCounts"/>; null for none.</param>
/// <param name="Corridors">Corridors as <c>id=A,B,C</c>.</param>
public sealed record OsmOrder(
    ImmutableArray<string> RoadFiles,
    string JunctionFile,
    ImmutableArray<string> Junctions,
    (double West, double South, double East, double North)? Box,
    double ReachMetres,
    string? BusLaneFile,
    string? CountFile,
    ImmutableArray<string> Corridors);
