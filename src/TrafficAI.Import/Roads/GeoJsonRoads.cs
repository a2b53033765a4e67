using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace TrafficAI.Import.Roads;

/// <summary>Reads roads from GeoJSON: a collection of features with lines, tags in their properties.</summary>
internal static class GeoJsonRoads
{
    private const int DeepestValue = 16;

    /// <exception cref="ImportException">The file is no such collection.</exception>
    public static ImmutableArray<Road> Read(ReadOnlyMemory<byte> content, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = DeepestValue });
            if (Member(json.RootElement, "features") is not { ValueKind: JsonValueKind.Array } features)
                throw new ImportException($"{name}: it has no array \"features\". Give a GeoJSON FeatureCollection of lines.");
            return [.. features.EnumerateArray().SelectMany((feature, index) => RoadsOf(feature, index, name))];
        }
        catch (JsonException e)
        {
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"{name}: line {e.LineNumber + 1} is not readable as JSON. Export the file again."));
        }
        catch (InvalidOperationException)
        {
            throw new ImportException($"{name}: a text in it holds half a surrogate pair. Export the file again as UTF-8.");
        }
    }

    private static IEnumerable<Road> RoadsOf(JsonElement feature, int index, string name)
    {
        if (Member(feature, "geometry") is not { ValueKind: JsonValueKind.Object } geometry || Member(feature, "properties") is not { ValueKind: JsonValueKind.Object } tags)
            yield break;
        if (Member(geometry, "coordinates") is not { ValueKind: JsonValueKind.Array } coordinates) yield break;
        var place = string.Create(CultureInfo.InvariantCulture, $"{name}: feature {index + 1}");
        IEnumerable<JsonElement> lines = Text(geometry, "type") switch
        {
            "LineString" => [coordinates],
            "MultiLineString" => coordinates.EnumerateArray(),
            _ => [],
        };
        foreach (var line in lines)
            if (RoadTags.Read(Text(tags, "osm_id") ?? place, tag => Text(tags, tag), Points(line, place)) is { } road) yield return road;
    }

    private static IEnumerable<GeoPoint> Points(JsonElement line, string place)
    {
        if (line.ValueKind != JsonValueKind.Array) throw new ImportException($"{place}: its line is no array of positions. Export the file again.");
        foreach (var position in line.EnumerateArray())
            yield return position.ValueKind == JsonValueKind.Array && position.GetArrayLength() >= 2
                && position[0].ValueKind == JsonValueKind.Number && position[1].ValueKind == JsonValueKind.Number
                && position[0].TryGetDouble(out var longitude) && position[1].TryGetDouble(out var latitude)
                && GeoPoint.FromDegrees(longitude, latitude) is { } point
                    ? point
                    : throw new ImportException($"{place}: a position is no longitude and latitude in degrees. Export the file in WGS 84 (EPSG:4326).");
    }

    private static JsonElement? Member(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement value, string name) => Member(value, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
