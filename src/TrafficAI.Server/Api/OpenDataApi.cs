using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Api;

/// <summary>What anybody may have: no session is needed, and nothing in it is of a person.</summary>
internal static class OpenDataApi
{
    private const string Licence = "CC-BY-4.0";

    /// <returns>Where more of it can be added.</returns>
    public static RouteGroupBuilder Map(RouteGroupBuilder api, ServedLog served, LogWindow window)
    {
        var open = api.MapGroup("/open");
        open.MapGet("/index.json", () => Index(served, window)).WithSummary("Open data: what there is");
        open.MapGet("/intersections.geojson", () => Results.Json(Intersections(served), Json.Options, "application/geo+json")).WithSummary("Open data: the intersections");
        return open;
    }

    private static object Index(ServedLog served, LogWindow window) => new
    {
        Title = served.Header.Scenario,
        Licence,
        Attribution = served.Site.File.Provenance,
        Begin = served.Wall(window.Begin),
        End = served.Wall(window.End),
        Files = new[]
        {
            new { Path = "intersections.geojson", Type = "application/geo+json", Title = "Intersections with their place and how it is known that they have a light" },
            new { Path = "measures.csv", Type = "text/csv", Title = "Performance measures of the last hour, or of from to to, with coverage" },
            new { Path = "measures.json", Type = "application/json", Title = "The same with formulas" },
            new { Path = "schema.json", Type = "application/json", Title = "What the columns and measures mean" },
        },
    };

    private static object Intersections(ServedLog served) => new
    {
        Type = "FeatureCollection",
        Features = SiteFacts.Intersections(served).Select(one => new
        {
            Type = "Feature",
            one.Id,
            Geometry = new { Type = "Point", Coordinates = one.Position },
            Properties = new { one.Id, NameEn = one.Name.En, NameRu = one.Name.Ru, NameKk = one.Name.Kk, one.Provenance, one.Source, Phases = one.Phases.Length, one.Groups },
        }),
    };
}
