using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>The first difference of a replay in words: both explanations, and the fields in which they differ.</summary>
public static class DifferenceView
{
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
            text.Append(CultureInfo.InvariantCulture, $" at {StreetTime.Format((long?)decision["second"] ?? 0)}: {decision["strategy"]} wanted {decision["wanted"]} ({decision["reason"]}), bound by {decision["bound"]}");
        }

        text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"            {Encoding.UTF8.GetString(known.Payload.Span)}");
    }

    private static JsonNode? Parse(IntersectionEvent? side)
    {
        try
        {
            return side is { } known ? JsonNode.Parse(known.Payload.Span) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

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
