using System.Collections.Immutable;
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
        open.MapGet("/intersections.geojson", () => Results.Json(Intersections(served), Json.Options, "application/geo+json")).WithSummary("Open data: the intersections").Produces<Places>(200, "application/geo+json");
        return open;
    }

    private static OpenIndex Index(ServedLog served, LogWindow window) => new(
        served.Header.Scenario, Licence, served.Site.File.Provenance, served.Wall(window.Begin), served.Wall(window.End),
        [
            new("intersections.geojson", "application/geo+json", "Intersections with their place and how it is known that they have a light"),
            new("measures.csv", "text/csv", "Performance measures of the last hour, or of from to to, with coverage"),
            new("measures.json", "application/json", "The same with formulas"),
            new("schema.json", "application/json", "What the columns and measures mean"),
        ]);

    private static Places Intersections(ServedLog served) => new([.. SiteFacts.Intersections(served).Select(one => new Place(
        one.Id, new(one.Position), new(one.Id, one.Name.En, one.Name.Ru, one.Name.Kk, one.Provenance, one.Source, one.Phases.Length, one.Groups)))]);
}

/// <summary>What open data there is.</summary>
/// <param name="Licence">SPDX identifier.</param>
/// <param name="Begin">ISO 8601.</param>
/// <param name="End">ISO 8601.</param>
internal sealed record OpenIndex(string Title, string Licence, string Attribution, string Begin, string End, ImmutableArray<OpenFile> Files);

/// <summary>A file of open data.</summary>
/// <param name="Path">Beside this index.</param>
internal sealed record OpenFile(string Path, string Type, string Title);
