using System.Collections.Immutable;
using TrafficAI.Cli.Report;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Cli.Coordination;

/// <summary>Which corridor a user means.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Intersections">Indices in the network, in their order along the road; at least two, each once.</param>
public sealed record CorridorChoice(string Name, ImmutableArray<int> Intersections)
{
    private const int MostNamed = 12;

    /// <param name="wanted">A corridor of <c>signals.json</c>, or intersections in their order, separated by commas; null for the only corridor
    /// of <c>signals.json</c>, else the one with most lights.</param>
    /// <exception cref="InputException">There is no such corridor; the message lists what there is.</exception>
    public static CorridorChoice Of(Site site, string? wanted)
    {
        var named = site.File.Corridors;
        if (wanted is null) return named.Length == 1 ? Named(site, named[0]) : named.IsEmpty ? Found(site) : throw Unknown(site, "there are several corridors");
        if (named.FirstOrDefault(c => c.Id == wanted) is { } one) return Named(site, one);
        if (!wanted.Contains(',', StringComparison.Ordinal)) throw Unknown(site, $"there is no '{wanted}'");
        return new(wanted, Listed(site, [.. wanted.Split(',', StringSplitOptions.TrimEntries)]));
    }

    private static CorridorChoice Named(Site site, CorridorPart part) =>
        new(part.Names.Any ?? part.Id, Listed(site, [.. part.Intersections.Select(i => i.Value)]));

    private static CorridorChoice Found(Site site)
    {
        var found = CorridorFinder.Find(site) ?? throw Unknown(site, $"no road leads straight on through {Corridor.LeastStops} lights");
        return new($"{found.FirstEdge} to {found.LastEdge}", Listed(site, [.. found.Stops.Select(s => s.Intersection.Value)]));
    }

    private static ImmutableArray<int> Listed(Site site, ImmutableArray<string> ids)
    {
        foreach (var id in ids)
            if (site.Network.Find(new IntersectionId(id)) is null) throw Unknown(site, $"there is no intersection '{id}'");
        if (ids.Length < 2 || ids.Distinct().Count() < ids.Length) throw Unknown(site, "a corridor has at least two intersections, each once");
        return [.. ids.Select(id => site.Network.Find(new IntersectionId(id))!.Index)];
    }

    private static InputException Unknown(Site site, string what)
    {
        var corridors = site.File.Corridors.IsEmpty ? "" : $"one of {SignalsFile.FileName} ({string.Join(", ", site.File.Corridors.Select(c => c.Id))}), or ";
        var ids = string.Join(", ", site.Network.Intersections.Take(MostNamed).Select(i => i.Id.Value)) + (site.Network.Intersections.Length > MostNamed ? ", …" : "");
        return new($"--corridor: {what}. Give {corridors}intersections in their order, as in A,B,C; the network has {ids}.");
    }
}
