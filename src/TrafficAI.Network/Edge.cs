using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>What an edge is for.</summary>
public enum EdgeFunction
{
    Normal,

    /// <summary>Inside a junction.</summary>
    Internal,

    /// <summary>A pedestrian crossing over the roads of a junction.</summary>
    Crossing,

    /// <summary>Where pedestrians wait and turn at a junction.</summary>
    WalkingArea,

    Connector,
}

/// <summary>A directed road.</summary>
/// <param name="Index">Position in <see cref="RoadNetwork.Edges"/>.</param>
/// <param name="From">Index of the junction where it begins; −1 for edges inside a junction.</param>
/// <param name="To">Index of the junction where it ends; −1 for edges inside a junction.</param>
/// <param name="Lanes">Indices of its lanes, the outermost first.</param>
/// <param name="CrossedEdges">For a crossing: indices of the edges that it crosses; else empty.</param>
public sealed record Edge(
    int Index, EdgeId Id, EdgeFunction Function, int From, int To, int Priority, ImmutableArray<int> Lanes, ImmutableArray<int> CrossedEdges);
