using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.Signals;

/// <summary>Which groups may not be green together.</summary>
internal static class ConflictDerivation
{
    /// <summary>Groups × groups, row by row. Ways that meet conflict, unless the programme itself lets both go at some time.</summary>
    public static ImmutableArray<Conflict> Derive(
        RoadNetwork network, Intersection intersection, ImmutableArray<GroupLinks> groups, Observation observed)
    {
        var conflicts = new Conflict[groups.Length * groups.Length];
        for (var a = 0; a < groups.Length; a++)
        {
            for (var b = a + 1; b < groups.Length; b++)
            {
                if (!FoesOf(network, intersection, groups[a], groups[b]).Any()) continue;
                var conflict = observed.AreGreenTogether(a, b) ? Conflict.Permissive : Conflict.Full;
                conflicts[a * groups.Length + b] = conflict;
                conflicts[b * groups.Length + a] = conflict;
            }
        }

        return [.. conflicts];
    }

    /// <summary>The connections of the first group whose ways meet one of the second.</summary>
    public static IEnumerable<Connection> FoesOf(RoadNetwork network, Intersection intersection, GroupLinks group, GroupLinks other)
    {
        var others = ConnectionsOf(network, intersection, other).ToArray();
        return ConnectionsOf(network, intersection, group).Where(own => others.Any(foe => network.AreFoes(own, foe)));
    }

    private static IEnumerable<Connection> ConnectionsOf(RoadNetwork network, Intersection intersection, GroupLinks group) =>
        group.Links.Where(link => link < intersection.Links.Length)
            .SelectMany(link => intersection.Links[link]).Select(index => network.Connections[index]);
}
