using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Server.Access;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>What never changes about a site.</summary>
internal static class SiteApi
{
    public static void Map(RouteGroupBuilder api, LiveModel live, LogWindow window)
    {
        var served = live.Served;
        var network = new Lazy<object>(() => SiteFacts.Network(served));
        api.MapGet("/site", () => Site(live, window)).WithSummary("What is shown: scenario, strategy, times, corridors").For(Role.Viewer);
        api.MapGet("/network", () => Results.Json(network.Value, Json.Options, "application/geo+json")).WithSummary("The roads as GeoJSON").For(Role.Viewer);
        api.MapGet("/intersections", () => SiteFacts.Intersections(served)).WithSummary("Every intersection with its place").For(Role.Viewer);
        api.MapGet("/intersections/{id}", (string id) => IntersectionGeometry.Of(served, window.Intersection(id)))
            .WithSummary("An intersection as it is drawn: lanes, crossings, groups, phases, detectors, intergreens").For(Role.Viewer);
    }

    private static object Site(LiveModel live, LogWindow window)
    {
        var (served, header) = (live.Served, live.Served.Header);
        return new
        {
            Name = SiteFacts.NamesOf(new(null, null, null), header.Scenario),
            Attribution = served.Site.File.Provenance,
            header.Build,
            header.Scenario,
            header.Strategy,
            Class = header.Class.ToString(),
            Sensing = header.Sensing.ToString().ToLowerInvariant(),
            Live = live.Ask(view => view.EndedAt) is null,
            window.Begin,
            window.End,
            Start = served.Wall(0),
            StreetClock.TimeZone,
            Geographic = served.File.Frame.IsGeographic,
            Corridors = SiteFacts.Corridors(served.Site),
        };
    }
}
