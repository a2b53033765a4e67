using System.Collections;
using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>One row of a junction's right-of-way matrix.</summary>
/// <param name="Response">Rows that this one must yield to.</param>
/// <param name="Foes">Rows whose ways cross or merge with this one.</param>
/// <param name="WaitsInside">A vehicle may pass the stop line and wait inside (SUMO's <c>cont</c>).</param>
public sealed record RightOfWay(BitArray Response, BitArray Foes, bool WaitsInside);

/// <summary>A junction, with or without a light.</summary>
/// <param name="Index">Position in <see cref="RoadNetwork.Junctions"/>.</param>
/// <param name="Type">The file's word, such as <c>traffic_light</c>, <c>priority</c>, <c>dead_end</c>.</param>
/// <param name="IncomingLanes">Indices of the lanes that lead in, in the file's order.</param>
/// <param name="Rows">Right of way; row i is the i-th way through the junction. Empty where nothing is regulated.</param>
public sealed record Junction(
    int Index, JunctionId Id, string Type, Point Position, ImmutableArray<int> IncomingLanes, ImmutableArray<RightOfWay> Rows)
{
    /// <summary>Per row the index of its lane inside (of a way with a place to wait the part behind it); empty without lanes inside.</summary>
    public ImmutableArray<int> RowLanes { get; init; } = [];
}

/// <summary>A place inside a junction where a way that yields waits for a gap (SUMO's internal junction).</summary>
/// <param name="Lane">Index of the lane that ends there.</param>
/// <param name="Incoming">Indices of the other lanes from which those come who go first.</param>
/// <param name="Crossed">Indices of the lanes inside on which they drive.</param>
public sealed record WaitingPlace(int Lane, ImmutableArray<int> Incoming, ImmutableArray<int> Crossed);
