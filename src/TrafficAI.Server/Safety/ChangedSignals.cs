using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TrafficAI.Runtime;
using TrafficAI.Server.Reading;
using TrafficAI.Signals;

namespace TrafficAI.Server.Safety;

/// <summary>The <c>signals.json</c> of a site with changes in it, checked as a server checks it when it starts.</summary>
public static class ChangedSignals
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file with the changes.</summary>
    /// <exception cref="SignalsException">They do not fit the site: it says where, what and what next.</exception>
    public static byte[] With(ServedLog served, IEnumerable<SafetyChange> changes)
    {
        var root = served.Record.Signals is { } bytes ? JsonNode.Parse(bytes.Span)!.AsObject() : new JsonObject { ["version"] = 1 };
        foreach (var change in changes) Apply(served, root, change);
        var changed = Encoding.UTF8.GetBytes(root.ToJsonString(Indented) + "\n");
        Site.Build(served.Record.Network, served.Header.NetworkFile, served.Header.Class, SignalsFile.Read(changed, SignalsFile.FileName));
        return changed;
    }

    private static void Apply(ServedLog served, JsonObject root, SafetyChange change)
    {
        var signals = served.Site.Signals[served.IndexOf(change.Intersection)];
        var part = Find(List(root, "intersections"), one => one["id"]!.GetValue<string>() == change.Intersection, () => new() { ["id"] = change.Intersection });
        switch (change.What)
        {
            case "maximumRed": part["maximumRed"] = Whole(change); return;
            case "intergreen":
                var (from, to) = (signals.Groups[change.Group!.Value], signals.Groups[change.To!.Value]);
                Find(List(part, "intergreens"), one => from.Links.Contains(one["from"]!.GetValue<int>()) && to.Links.Contains(one["to"]!.GetValue<int>()),
                    () => new() { ["from"] = from.Links[0], ["to"] = to.Links[0] })["seconds"] = Whole(change);
                return;
            default:
                var group = signals.Groups[change.Group!.Value];
                var own = Find(List(part, "groups"), one => one["links"]!.AsArray().Any(link => group.Links.Contains(link!.GetValue<int>())),
                    () => new() { ["links"] = new JsonArray([.. group.Links.Select(link => (JsonNode)link)]) });
                own[change.What] = change.What == "crossingWidth" ? change.Value : Whole(change);
                return;
        }
    }

    private static int Whole(SafetyChange change) => change.Value == Math.Floor(change.Value) && Math.Abs(change.Value) < 10_000
        ? (int)change.Value
        : throw new SignalsException($"{change.What}: {change.Value} is no whole number of seconds. Give one.");

    private static JsonArray List(JsonObject of, string name)
    {
        if (of[name] is JsonArray known) return known;
        var list = new JsonArray();
        of[name] = list;
        return list;
    }

    private static JsonObject Find(JsonArray list, Func<JsonObject, bool> isIt, Func<JsonObject> make)
    {
        if (list.Select(one => one!.AsObject()).FirstOrDefault(isIt) is { } found) return found;
        var made = make();
        list.Add(made);
        return made;
    }
}
