using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>The elements of a network file, each checked by itself; names are not resolved yet.</summary>
internal sealed class NetworkRecords
{
    public List<EdgeRecord> Edges { get; } = [];

    public List<JunctionRecord> Junctions { get; } = [];

    /// <summary>Junctions of the type internal.</summary>
    public List<JunctionRecord> WaitingPlaces { get; } = [];

    public List<ConnectionRecord> Connections { get; } = [];

    public List<ProgramRecord> Programs { get; } = [];
}

internal sealed record EdgeRecord(
    int Line, string Id, EdgeFunction Function, string? From, string? To, int Priority, string[] CrossedEdges, List<LaneRecord> Lanes);

internal sealed record LaneRecord(
    int Line, string Id, double LengthMetres, double SpeedMetresPerSecond, double WidthMetres, VehicleClasses Allowed, ImmutableArray<Point> Shape);

/// <param name="Requests">Rows of the right-of-way matrix in the file's order.</param>
internal sealed record JunctionRecord(
    int Line, string Id, string Type, Point Position, string[] IncomingLanes, string[] InternalLanes, List<RequestRecord> Requests);

/// <param name="Response">Most significant row first: the last character is row 0. So are the foes.</param>
internal sealed record RequestRecord(int Line, int Index, string Response, string Foes, bool WaitsInside);

/// <param name="Signal">Id of the light; null without one.</param>
/// <param name="SignalLink">−1 without a light, and on the rails of a rail crossing.</param>
internal sealed record ConnectionRecord(
    int Line, string From, string To, int FromLane, int ToLane, string? Via, TurnDirection Direction, string? Signal, int SignalLink,
    char State, bool KeepsClear);

internal sealed record ProgramRecord(int Line, string Id, string ProgramId, string Kind, int OffsetMilliseconds, List<ProgramState> States);
