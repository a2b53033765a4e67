using System.Collections.Immutable;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Plain;

/// <summary>How a figure is known.</summary>
public enum Knowledge
{
    /// <summary>Nobody has told; it is the usual one.</summary>
    Assumed,

    /// <summary>Told of the street, by the tags of its roads or by the table.</summary>
    Known,
}

/// <summary>A street network in the words of SUMO's plain XML.</summary>
/// <param name="Notes">What was left out, one line each.</param>
public sealed record PlainNetwork(
    ImmutableArray<PlainNode> Nodes,
    ImmutableArray<PlainEdge> Edges,
    ImmutableArray<PlainConnection> Connections,
    ImmutableArray<PlainCrossing> Crossings,
    ImmutableArray<string> Notes);

/// <param name="Junction">The signalised junction; null where there is no light.</param>
public sealed record PlainNode(string Id, GeoPoint Place, SiteJunction? Junction);

/// <summary>A directed road.</summary>
/// <param name="Name">What it is called; empty for nothing.</param>
/// <param name="SpeedKilometresPerHour">Speed limit.</param>
/// <param name="Lanes">Lanes for vehicles, 1 or more; the pavement is not counted.</param>
/// <param name="Bus">Who may use them.</param>
public sealed record PlainEdge(
    string Id,
    string From,
    string To,
    string Name,
    string Class,
    int SpeedKilometresPerHour,
    Knowledge SpeedKnowledge,
    int Lanes,
    Knowledge LaneKnowledge,
    BusUse Bus,
    ImmutableArray<GeoPoint> Points);

/// <summary>What buses have of an edge.</summary>
public enum BusUse
{
    Shared,

    /// <summary>The kerb lane.</summary>
    KerbLane,

    /// <summary>All of it.</summary>
    Alone,
}

/// <summary>A way over a node; lanes are counted from the kerb, 0 the first for vehicles.</summary>
public sealed record PlainConnection(string From, string To, int FromLane, int ToLane);

/// <summary>A pedestrian crossing over edges of a node, from kerb to kerb or to a refuge.</summary>
public sealed record PlainCrossing(string Node, ImmutableArray<string> Edges);
