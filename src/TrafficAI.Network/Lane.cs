using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>One lane.</summary>
/// <param name="Index">Position in <see cref="RoadNetwork.Lanes"/>.</param>
/// <param name="Edge">Index of its edge.</param>
/// <param name="Position">Number within the edge, 0 the outermost.</param>
/// <param name="LengthMetres">More than 0.</param>
/// <param name="SpeedLimitMetresPerSecond">More than 0.</param>
/// <param name="WidthMetres">More than 0; 3.2 where the file names none (SUMO's default).</param>
/// <param name="Allowed">Who may use it.</param>
/// <param name="Shape">Its centre line, at least two points.</param>
public sealed record Lane(
    int Index,
    LaneId Id,
    int Edge,
    int Position,
    double LengthMetres,
    double SpeedLimitMetresPerSecond,
    double WidthMetres,
    VehicleClasses Allowed,
    ImmutableArray<Point> Shape);
