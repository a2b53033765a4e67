using System.Collections.Frozen;
using System.Collections.Immutable;

namespace TrafficAI.Network;

/// <summary>A street network; immutable. Everything refers to everything else by its index in these arrays.</summary>
/// <param name="Intersections">In ordinal order of their ids.</param>
public sealed record RoadNetwork(
    ImmutableArray<Edge> Edges,
    ImmutableArray<Lane> Lanes,
    ImmutableArray<Connection> Connections,
    ImmutableArray<Junction> Junctions,
    ImmutableArray<Intersection> Intersections)
{
    /// <summary>Places to wait inside the junctions, in the file's order.</summary>
    public ImmutableArray<WaitingPlace> WaitingPlaces { get; init; } = [];

    private readonly FrozenDictionary<string, int> intersectionById =
        Intersections.ToFrozenDictionary(i => i.Id.Value, i => i.Index, StringComparer.Ordinal);

    /// <summary>The intersection of that id, or null.</summary>
    public Intersection? Find(IntersectionId id) => intersectionById.TryGetValue(id.Value, out var index) ? Intersections[index] : null;

    /// <summary>Whether the ways of two connections cross or merge (both in one junction, per its right-of-way matrix).</summary>
    public bool AreFoes(Connection a, Connection b) =>
        a.Junction == b.Junction && a.Request >= 0 && b.Request >= 0
        && (Junctions[a.Junction].Rows[a.Request].Foes[b.Request] || Junctions[a.Junction].Rows[b.Request].Foes[a.Request]);

    /// <summary>Whether <paramref name="connection"/> must yield to <paramref name="other"/> when the lights let both go.</summary>
    public bool YieldsTo(Connection connection, Connection other) =>
        connection.Junction == other.Junction && connection.Request >= 0 && other.Request >= 0
        && Junctions[connection.Junction].Rows[connection.Request].Response[other.Request];
}
