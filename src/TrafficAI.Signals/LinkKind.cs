using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Whom a signal link serves, and from where.</summary>
/// <param name="FromEdge">Index of the edge of its first connection; −1 for an unused letter.</param>
/// <param name="CrossingMetres">Length of its longest crossing; 0 for vehicles.</param>
internal readonly record struct LinkKind(GroupKind Kind, int FromEdge, double CrossingMetres)
{
    /// <summary>The kinds of all letters; those beyond the links of the intersection are unused.</summary>
    public static ImmutableArray<LinkKind> Of(RoadNetwork network, Intersection intersection)
    {
        var letters = intersection.Program.States.IsDefaultOrEmpty ? 0 : intersection.Program.States[0].Letters.Length;
        var kinds = new LinkKind[Math.Max(letters, intersection.Links.Length)];
        for (var link = 0; link < kinds.Length; link++)
            kinds[link] = Of(network, link < intersection.Links.Length ? intersection.Links[link] : []);
        return [.. kinds];
    }

    private static LinkKind Of(RoadNetwork network, ImmutableArray<int> indices)
    {
        if (indices.IsEmpty) return new(GroupKind.Vehicle, -1, 0);
        var connections = indices.Select(i => network.Connections[i]).ToArray();
        var edge = network.Lanes[connections[0].FromLane].Edge;
        return connections.All(c => c.IsCrossing)
            ? new(GroupKind.Pedestrian, edge, connections.Max(c => WayLength.Metres(network, c)))
            : new(GroupKind.Vehicle, edge, 0);
    }
}
