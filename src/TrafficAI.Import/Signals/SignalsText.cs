using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Signals;

/// <summary>Writes the <c>signals.json</c> of an import: names, and how each light is known.</summary>
internal static class SignalsText
{
    /// <summary>All red may last so much longer while vehicles are stuck inside, else the profile is <c>kz</c>: no light of an import is bound to an older controller.</summary>
    private const int AllRedExtensionSeconds = 5;

    public static string Of(PlainNetwork plain, OsmOrder order, TurningCounts counts)
    {
        var lights = plain.Nodes.Select(node => node.Junction).OfType<SiteJunction>().ToList();
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("version", 1);
            json.WriteStartObject("profile");
            json.WriteNumber("allRedExtension", AllRedExtensionSeconds);
            json.WriteEndObject();
            json.WriteString("provenance",
                "© OpenStreetMap contributors, ODbL 1.0. Streets as of the roads that were imported; lanes and speed limits known or assumed, as each edge says in the "
                + $"import. Phases and times are synthetic: laid out from the geometry, Webster's on {(counts.IsEmpty ? "equal flows of all lanes" : "the demand of the scenario")}.");
            WriteCorridors(json, order, lights);
            json.WriteStartArray("intersections");
            foreach (var light in lights) WriteLight(json, light);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void WriteCorridors(Utf8JsonWriter json, OsmOrder order, List<SiteJunction> lights)
    {
        if (order.Corridors.IsEmpty) return;
        json.WriteStartArray("corridors");
        foreach (var words in order.Corridors)
        {
            if (words.Split('=') is not [{ Length: > 0 } id, var list]) throw new ImportException($"--corridor {words}: write ID=A,B,C, such as abay=ALA-005,ALA-041,ALA-003.");
            json.WriteStartObject();
            json.WriteString("id", id);
            if (lights.SelectMany(light => new[] { light.A, light.B }).FirstOrDefault(street => street.Key == id) is { } street) WriteNames(json, street.En, street.Ru, street.Kk);
            json.WriteStartArray("intersections");
            foreach (var stop in list.Split(','))
                json.WriteStringValue(lights.Any(light => light.Id == stop) ? stop : throw new ImportException($"--corridor {words}: there is no light '{stop}'. Name lights of this import."));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLight(Utf8JsonWriter json, SiteJunction light)
    {
        json.WriteStartObject();
        json.WriteString("id", light.Id);
        WriteNames(json, $"{light.A.En} × {light.B.En}", Both(light.A.Ru, light.B.Ru), Both(light.A.Kk, light.B.Kk));
        json.WriteString("status", light.Status == SignalStatus.Documented ? "documented" : "inferred");
        json.WriteString("provenance", $"light: {light.StatusSource}; place: {light.Source}");
        json.WriteEndObject();
    }

    private static string Both(string a, string b) => a.Length > 0 && b.Length > 0 ? $"{a} × {b}" : "";

    private static void WriteNames(Utf8JsonWriter json, string en, string ru, string kk)
    {
        json.WriteStartObject("names");
        json.WriteString("en", en);
        if (ru.Length > 0) json.WriteString("ru", ru);
        if (kk.Length > 0) json.WriteString("kk", kk);
        json.WriteEndObject();
    }
}
