using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Optimisation.Coordination;

namespace TrafficAI.Runtime.Measuring;

/// <summary>A stop line of a time-space diagram.</summary>
/// <param name="Stop">Where it is.</param>
/// <param name="Greens">Of the way straight on.</param>
public sealed record TimeSpaceStop(CorridorStop Stop, ImmutableArray<GreenSpan> Greens);

/// <summary>One direction of a corridor, in driving order.</summary>
public sealed record TimeSpace(string Corridor, bool IsInbound, ImmutableArray<TimeSpaceStop> Stops);

/// <summary>Times along the corridors that <c>signals.json</c> names.</summary>
internal sealed class CorridorTimes
{
    private readonly Site site;
    private readonly ImmutableArray<CorridorWay> ways;

    public CorridorTimes(Site site)
    {
        this.site = site;
        ways = [.. site.File.Corridors.SelectMany(corridor => CorridorWay.Of(site, corridor))];
    }

    /// <summary>Travel times from the first stop line to behind the last: at the speed limits, and with the delay of the approaches on the way.</summary>
    public ImmutableArray<CorridorMeasures> Of(ImmutableArray<IntersectionMeasures> measured) => [.. ways.Select(way => Of(way, measured))];

    /// <param name="meters">Of all intersections, or of some; a way with another one is left out.</param>
    public ImmutableArray<TimeSpace> TimeSpace(IReadOnlyList<IntersectionMeter> meters, long from, long to)
    {
        var byId = meters.ToDictionary(m => m.Layout.Id);
        return [.. ways.Where(way => way.Stops.All(stop => byId.ContainsKey(stop.Intersection))).Select(way => new TimeSpace(way.Corridor, way.IsInbound,
            [.. way.Stops.Select(stop => new TimeSpaceStop(stop, byId[stop.Intersection].Diagram.Greens(GroupsOf(stop), from, to)))]))];
    }

    private CorridorMeasures Of(CorridorWay way, ImmutableArray<IntersectionMeasures> measured)
    {
        var free = way.Stops[^1].Route.TravelSeconds - way.Stops[0].Route.TravelSeconds;
        var delays = way.Stops.Select(stop => DelayOf(stop.Intersection, stop.Route, measured)).ToList();
        var lacking = delays.Any(d => d?.Value is null);
        return new($"{way.Corridor}{(way.IsInbound ? " ←" : " →")}", [.. way.Stops.Select(stop => stop.Intersection)],
        [
            lacking
                ? new(MeasureIds.TravelTime, null, 0, Missing.DelayOnTheWay)
                : new(MeasureIds.TravelTime, free + delays.Sum(d => d!.Value.Value!.Value), delays.Min(d => d!.Value.Coverage), Missing.Nothing),
            new(MeasureIds.TravelTimeFree, free, 1, Missing.Nothing),
        ]);
    }

    /// <summary>The delay of the approach by which the way comes.</summary>
    private MeasureValue? DelayOf(IntersectionId id, RouteStop stop, ImmutableArray<IntersectionMeasures> measured)
    {
        if (stop.StopLanes.IsEmpty || measured.FirstOrDefault(m => m.Id == id) is not { } of) return null;
        var edge = site.Network.Edges[site.Network.Lanes[stop.StopLanes[0]].Edge].Id.Value;
        return of.Of(SubjectKind.Approach, edge, MeasureIds.ApproachDelay);
    }

    private ImmutableArray<int> GroupsOf(CorridorStop stop)
    {
        var signals = site.Signals[site.Network.Find(stop.Intersection)!.Index];
        return [.. signals.Groups.Where(g => g.Links.Any(link => stop.Route.Links.Contains(link))).Select(g => g.Index)];
    }
}
