using System.Collections.Immutable;
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
        var network = new Lazy<Roads>(() => SiteFacts.Network(served));
        api.MapGet("/site", () => Site(live, window)).WithSummary("What is shown: scenario, strategy, times, corridors").For(Role.Viewer);
        api.MapGet("/network", () => Results.Json(network.Value, Json.Options, "application/geo+json")).WithSummary("The roads as GeoJSON").Produces<Roads>(200, "application/geo+json").For(Role.Viewer);
        api.MapGet("/intersections", () => SiteFacts.Intersections(served)).WithSummary("Every intersection with its place").For(Role.Viewer);
        api.MapGet("/intersections/{id}", (string id) => IntersectionGeometry.Of(served, window.Intersection(id)))
            .WithSummary("An intersection as it is drawn: lanes, crossings, groups, phases, detectors, intergreens").For(Role.Viewer);
    }

    private static SiteTold Site(LiveModel live, LogWindow window)
    {
        var (served, header) = (live.Served, live.Served.Header);
        return new(
            SiteFacts.NamesOf(new(null, null, null), header.Scenario), served.Site.File.Provenance, header.Build, header.Scenario, header.Strategy, header.Class.ToString(),
            header.Sensing.ToString().ToLowerInvariant(), live.Ask(view => view.EndedAt) is null, window.Begin, window.End, served.Wall(0), StreetClock.TimeZone,
            served.File.Frame.IsGeographic, SiteFacts.Corridors(served.Site));
    }
}

/// <summary>What is shown.</summary>
/// <param name="Attribution">Whom the network and its data are owed to.</param>
/// <param name="Sensing">full or loops.</param>
/// <param name="Live">Whether the run goes on.</param>
/// <param name="End">The last street second known.</param>
/// <param name="Start">The moment of street second 0, ISO 8601.</param>
/// <param name="Geographic">Whether places are true; else the network lies beside latitude 0, longitude 0.</param>
internal sealed record SiteTold(
    NamesFacts Name, string Attribution, string Build, string Scenario, string Strategy, string Class, string Sensing, bool Live, long Begin, long End, string Start, string TimeZone,
    bool Geographic, ImmutableArray<CorridorFacts> Corridors);
