using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>The first difference of a replay in words: both explanations, and the fields in which they differ.</summary>
public static class DifferenceView
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static string Of(Difference difference)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"DIFFERENT: first at intersection '{difference.Intersection}', event {difference.Revision}");
        Explain(text, "recorded", difference.Recorded);
        Explain(text, "decided", difference.Decided);
        if (difference is { Recorded: { } recorded, Decided: { } decided })
        {
            foreach (var field in Differing("", Parse(recorded), Parse(decided))) text.AppendLine(CultureInfo.InvariantCulture, $"  differs   {field}");
        }

        return text.ToString();
    }

    private static void Explain(StringBuilder text, string who, IntersectionEvent? side)
    {
        text.Append(CultureInfo.InvariantCulture, $"  {who,-9} ");
        if (side is not { } known)
        {
            text.AppendLine("nothing");
            return;
        }

        text.Append(known.Type);
        if (known.Type == IntersectionEvent.PhaseDecided && Parse(known) is JsonObject decision)
        {
            text.Append(CultureInfo.InvariantCulture, $" at {StreetTime.Format(Second(decision))}: {decision["strategy"]} wanted {decision["wanted"]} ({decision["reason"]}), bound by {decision["bound"]}");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"            {Encoding.UTF8.GetString(known.Payload.Span)}");
    }

    /// <returns>Null where it is no JSON; some damage shows only when all of it is read.</returns>
    private static JsonNode? Parse(IntersectionEvent? side)
    {
        try
        {
            var node = side is { } known && Utf8.IsValid(known.Payload.Span) ? JsonNode.Parse(known.Payload.Span, documentOptions: Strict) : null;
            node?.ToJsonString();
            return node;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static long Second(JsonObject @event) => @event["second"] is JsonValue value && value.TryGetValue(out long second) ? second : 0;

    private static IEnumerable<string> Differing(string path, JsonNode? recorded, JsonNode? decided)
    {
        if (recorded is JsonObject a && decided is JsonObject b)
        {
            return a.Select(f => f.Key).Union(b.Select(f => f.Key)).SelectMany(key => Differing(path.Length == 0 ? key : $"{path}.{key}", a[key], b[key]));
        }

        if (recorded is JsonArray x && decided is JsonArray y && x.Count == y.Count)
        {
            return Enumerable.Range(0, x.Count).SelectMany(i => Differing(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), x[i], y[i]));
        }

        return JsonNode.DeepEquals(recorded, decided) ? [] : [$"{path}: recorded {Shown(recorded)}, decided {Shown(decided)}"];
    }

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "nothing";
}
