using System.Text.Json;

namespace TrafficAI.Server.Tests;

/// <summary>Checks JSON against a schema of an OpenAPI description: types, members, items, enumerations and references.</summary>
internal sealed class SchemaCheck(JsonElement description)
{
    /// <summary>What is wrong; nothing where all is as described.</summary>
    public IEnumerable<string> Complaints(JsonElement schema, JsonElement value, string at)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Complaints(Find(reference.GetString()!), value, at);
        foreach (var choice in (string[])["oneOf", "anyOf"])
        {
            if (!schema.TryGetProperty(choice, out var choices)) continue;
            var tried = choices.EnumerateArray().Select(one => Complaints(one, value, at).ToList()).ToList();
            return tried.Any(one => one.Count == 0) ? [] : tried.MaxBy(one => one.Count)!;
        }

        if (schema.TryGetProperty("enum", out var allowed) && !allowed.EnumerateArray().Any(one => JsonElement.DeepEquals(one, value))) return [$"{at} is none of {allowed.GetRawText()}"];
        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(name => Fits(name, value))) return [$"{at} is no {string.Join('|', Types(type))}: {value.GetRawText()}"];
        return value.ValueKind switch
        {
            JsonValueKind.Object => Members(schema, value, at),
            JsonValueKind.Array when schema.TryGetProperty("items", out var items) => value.EnumerateArray().SelectMany((item, i) => Complaints(items, item, $"{at}[{i}]")),
            _ => [],
        };
    }

    private IEnumerable<string> Members(JsonElement schema, JsonElement value, string at)
    {
        var known = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToDictionary(p => p.Name, p => p.Value) : [];
        if (schema.TryGetProperty("required", out var required))
        {
            foreach (var name in required.EnumerateArray().Select(one => one.GetString()!).Where(name => !value.TryGetProperty(name, out _))) yield return $"{at}.{name} is missing";
        }

        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : (JsonElement?)null;
        foreach (var member in value.EnumerateObject())
        {
            var own = known.TryGetValue(member.Name, out var described) ? described : others;
            if (own is { ValueKind: JsonValueKind.Object } its)
            {
                foreach (var complaint in Complaints(its, member.Value, $"{at}.{member.Name}")) yield return complaint;
            }
            else if (own is null && known.Count > 0)
            {
                yield return $"{at}.{member.Name} is not described";
            }
        }
    }

    private JsonElement Find(string reference)
    {
        var found = description;
        foreach (var step in reference.TrimStart('#', '/').Split('/')) found = found.GetProperty(step);
        return found;
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()!) : [type.GetString()!];

    private static bool Fits(string type, JsonElement value) => type switch
    {
        "null" => value.ValueKind == JsonValueKind.Null,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "array" => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };
}
