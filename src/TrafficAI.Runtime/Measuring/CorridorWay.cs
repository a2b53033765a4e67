using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation.Coordination;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Measuring;

/// <summary>A stop line on one direction of a corridor.</summary>
/// <param name="Intersection">Whose.</param>
/// <param name="IsNamed">Whether <c>signals.json</c> names it in the corridor; else it is a light that this direction passes on its way.</param>
/// <param name="Metres">Its place along the corridor: those of the intersections of the corridor are the same for both directions, and what lies between is spread over them.</param>
public sealed record CorridorStop(IntersectionId Intersection, bool IsNamed, double Metres, RouteStop Route);

/// <summary>One direction of a corridor of <c>signals.json</c>.</summary>
/// <param name="Corridor">Its id.</param>
/// <param name="IsInbound">Whether it leads from the last intersection to the first.</param>
/// <param name="Stops">In driving order; empty where the corridor cannot be driven that way.</param>
public sealed record CorridorWay(string Corridor, bool IsInbound, ImmutableArray<CorridorStop> Stops)
{
    /// <summary>Both directions of a corridor, as far as they can be driven.</summary>
    public static ImmutableArray<CorridorWay> Of(Site site, CorridorPart corridor)
    {
        var there = RouteOf(site, corridor.Intersections);
        var back = RouteOf(site, [.. corridor.Intersections.Reverse()]);
        var places = PlacesOf(site, corridor, there.IsEmpty ? back : there);
        return [.. new[] { WayOf(site, corridor, there, places, isInbound: false), WayOf(site, corridor, back, places, isInbound: true) }.Where(way => !way.Stops.IsEmpty)];
    }

    /// <summary>The place along the corridor of somebody before a stop line.</summary>
    /// <param name="stop">Index of the stop line.</param>
    /// <param name="before">Metres to it along the road, at least 0.</param>
    public double MetresAt(int stop, double before) => IsInbound ? Stops[stop].Metres + before : Stops[stop].Metres - before;

    private static ImmutableArray<RouteStop> RouteOf(Site site, ImmutableArray<IntersectionId> ids) =>
        RouteFinder.FindAlong(site.Network, [.. ids.Select(id => site.Network.Find(id)!.Index)]);

    /// <summary>Metres from the first intersection of the corridor, along the direction that can be driven.</summary>
    private static Dictionary<IntersectionId, double> PlacesOf(Site site, CorridorPart corridor, ImmutableArray<RouteStop> route)
    {
        if (route.IsEmpty) return [];
        var metres = route.ToDictionary(stop => site.Network.Intersections[stop.Intersection].Id, stop => stop.DistanceMetres);
        var first = metres[corridor.Intersections[0]];
        return corridor.Intersections.ToDictionary(id => id, id => Math.Abs(metres[id] - first));
    }

    private static CorridorWay WayOf(Site site, CorridorPart corridor, ImmutableArray<RouteStop> route, Dictionary<IntersectionId, double> places, bool isInbound)
    {
        var ids = route.Select(stop => site.Network.Intersections[stop.Intersection].Id).ToList();
        return new(corridor.Id, isInbound, [.. route.Select((stop, i) => new CorridorStop(ids[i], places.ContainsKey(ids[i]), PlaceOf(i), stop))]);

        double PlaceOf(int index)
        {
            if (places.TryGetValue(ids[index], out var own)) return own;
            var (before, after) = (ids.FindLastIndex(index, places.ContainsKey), ids.FindIndex(index, places.ContainsKey));
            var share = (route[index].DistanceMetres - route[before].DistanceMetres) / (route[after].DistanceMetres - route[before].DistanceMetres);
            return places[ids[before]] + share * (places[ids[after]] - places[ids[before]]);
        }
    }
}
