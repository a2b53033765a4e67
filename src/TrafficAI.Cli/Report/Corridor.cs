using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Cli.Report;

/// <summary>A stop line on a corridor.</summary>
/// <param name="DistanceMetres">From the corridor's first stop line along the road.</param>
/// <param name="TravelSeconds">From the first stop line at the speed limits.</param>
/// <param name="Groups">Indices of the signal groups of the movement straight on, rising.</param>
public sealed record CorridorStop(IntersectionId Intersection, double DistanceMetres, double TravelSeconds, ImmutableArray<int> Groups);

/// <summary>One direction of a road on which one can drive straight on through several lights.</summary>
/// <param name="FirstEdge">The edge before the first stop line.</param>
/// <param name="LastEdge">The edge behind the last.</param>
/// <param name="Stops">In driving order, at least <see cref="LeastStops"/>, each intersection once.</param>
public sealed record Corridor(EdgeId FirstEdge, EdgeId LastEdge, ImmutableArray<CorridorStop> Stops)
{
    public const int LeastStops = 3;
}
