using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;
using TrafficAI.Signals;

namespace TrafficAI.Server.Reading;

/// <summary>What never changes about a site, as the interface tells it.</summary>
public static class SiteFacts
{
    /// <summary>What a corridor is called and where its stop lines lie.</summary>
    public static ImmutableArray<CorridorFacts> Corridors(Site site) => [.. site.File.Corridors.Select(part => Corridor(site, part))];

    /// <summary>Every intersection with its place.</summary>
    public static ImmutableArray<IntersectionFacts> Intersections(ServedLog served) => [.. served.Site.Models.Select(model =>
    {
        var part = served.Site.File.Of(model.Signals.Id);
        return new IntersectionFacts(
            model.Signals.Id.Value, NamesOf(part.Names, model.Signals.Id.Value), served.File.Frame.Place(Centre(served.Site.Network, model.Intersection)),
            ProvenanceOf(part.Status), part.Provenance, [.. model.Signals.Phases.Select(phase => phase.Id.ToString())], model.Signals.Groups.Length);
    })];

    /// <summary>The roads as GeoJSON (RFC 7946).</summary>
    public static Roads Network(ServedLog served) => new([.. served.Site.Network.Edges.Where(edge => edge.Function == EdgeFunction.Normal).Select(edge => new Road(
        edge.Index, new([.. Middle(served.Site.Network, edge).Select(served.File.Frame.Place)]),
        new(edge.Id.Value, served.File.Names.GetValueOrDefault(edge.Id.Value), edge.Lanes.Length, Math.Round(served.Site.Network.Lanes[edge.Lanes[0]].SpeedLimitMetresPerSecond * 3.6))))]);

    /// <summary>The middle of the junctions under the light.</summary>
    public static Point Centre(RoadNetwork network, Intersection intersection)
    {
        var places = intersection.Junctions.Select(j => network.Junctions[j].Position).ToList();
        return new(places.Average(p => p.X), places.Average(p => p.Y));
    }

    /// <summary>Names in every language; where the file has none, the id.</summary>
    public static NamesFacts NamesOf(Names names, string id) => new(names.En ?? names.Any ?? id, names.Ru ?? names.Any ?? id, names.Kk ?? names.Any ?? id);

    // The lane in the middle stands for the road.
    private static ImmutableArray<Point> Middle(RoadNetwork network, Edge edge) => network.Lanes[edge.Lanes[edge.Lanes.Length / 2]].Shape;

    private static string ProvenanceOf(LightStatus status) => status switch
    {
        LightStatus.Documented => "documented",
        LightStatus.Inferred => "inferred",
        _ => "synthetic",
    };

    /// <summary>Distances along the road where it can be driven; else as the crow flies.</summary>
    private static CorridorFacts Corridor(Site site, CorridorPart part)
    {
        var lights = part.Intersections.Select(id => site.Network.Find(id)!).ToImmutableArray();
        var ways = CorridorWay.Of(site, part);
        var metres = ways.IsEmpty ? Flown(site, lights) : part.Intersections.Select(id => ways[0].Stops.First(stop => stop.Intersection == id).Metres);
        return new(part.Id, NamesOf(part.Names, part.Id), [.. part.Intersections.Select(id => id.Value)], [.. metres.Select(m => Math.Round(m, 1))]);
    }

    private static List<double> Flown(Site site, ImmutableArray<Intersection> lights)
    {
        var metres = new List<double> { 0 };
        for (var i = 1; i < lights.Length; i++) metres.Add(metres[^1] + Centre(site.Network, lights[i - 1]).DistanceTo(Centre(site.Network, lights[i])));
        return metres;
    }
}

/// <summary>What people call a thing in each language.</summary>
public sealed record NamesFacts(string En, string Ru, string Kk);

/// <summary>Intersections along a road.</summary>
/// <param name="DistancesMetres">Along the road from the first one.</param>
public sealed record CorridorFacts(string Id, NamesFacts Name, ImmutableArray<string> Intersections, ImmutableArray<double> DistancesMetres);

/// <summary>An intersection in a list.</summary>
/// <param name="Position">Longitude and latitude.</param>
/// <param name="Provenance">documented, inferred or synthetic: how it is known that there is a light.</param>
/// <param name="Source">Where that is known from, for people; empty for nothing.</param>
/// <param name="Groups">How many signal groups.</param>
public sealed record IntersectionFacts(
    string Id, NamesFacts Name, double[] Position, string Provenance, string Source, ImmutableArray<string> Phases, int Groups);
