using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>A lane that ends at a stop line of the intersection.</summary>
/// <param name="Index">Position in <see cref="Intersection.StopLanes"/>.</param>
/// <param name="Lane">Index of the lane in the network.</param>
/// <param name="Connections">Indices of its signalised connections for vehicles, in the file's order.</param>
public sealed record StopLane(int Index, int Lane, ImmutableArray<int> Connections);

/// <summary>A lane on which vehicles that approach a stop line can be seen: the stop lane itself, or one upstream of it within
/// 200 m, through unsignalised joints (lanes inside a junction included; ways that turn back are left out).</summary>
/// <param name="Index">Position in <see cref="Intersection.ObservedLanes"/>; the stop lanes come first, in their order.</param>
/// <param name="Lane">Index of the lane in the network.</param>
/// <param name="OffsetMetres">From the end of this lane to the (nearest) stop line along the road; 0 for a stop lane.</param>
/// <param name="StopLanes">Indices of the stop lanes that it leads to, rising.</param>
public sealed record ObservedLane(int Index, int Lane, double OffsetMetres, ImmutableArray<int> StopLanes);

/// <summary>Where a loop lies.</summary>
public enum DetectorKind
{
    /// <summary>At the stop line.</summary>
    Stop,

    /// <summary>40 to 50 m before the stop line, or at the beginning of a shorter approach.</summary>
    Advance,

    /// <summary>Just behind the junction, on a lane that leads away.</summary>
    Exit,
}

/// <summary>A loop in a lane. Its id is <c>{lane}/stop</c>, <c>{lane}/advance</c> or <c>{lane}/exit</c>, the lane being the stop lane
/// that it serves (for an advance loop that lies upstream of a joint too), or the exit lane.</summary>
/// <param name="Index">Position in <see cref="Intersection.Detectors"/>, and of its readings in a frame.</param>
/// <param name="Lane">Index of the lane that it lies in.</param>
/// <param name="PositionMetres">From the beginning of that lane.</param>
/// <param name="StopLane">Index of the stop lane that it serves; −1 for an exit loop.</param>
public sealed record Detector(int Index, string Id, DetectorKind Kind, int Lane, double PositionMetres, int StopLane);

/// <summary>A signalised intersection: all junctions under one light.</summary>
/// <param name="Index">Position in <see cref="RoadNetwork.Intersections"/>.</param>
/// <param name="Junctions">Indices of the junctions under the light, rising.</param>
/// <param name="Links">Per signal link (letter of the programme) the indices of its connections; empty where a letter is unused.</param>
/// <param name="ExitLanes">Indices of the lanes that signalised vehicle connections enter, rising, each once.</param>
/// <param name="Detectors">Stop loops of all stop lanes, then advance loops, then exit loops.</param>
public sealed record Intersection(
    int Index,
    IntersectionId Id,
    SignalProgram Program,
    ImmutableArray<int> Junctions,
    ImmutableArray<ImmutableArray<int>> Links,
    ImmutableArray<StopLane> StopLanes,
    ImmutableArray<ObservedLane> ObservedLanes,
    ImmutableArray<int> ExitLanes,
    ImmutableArray<Detector> Detectors);
