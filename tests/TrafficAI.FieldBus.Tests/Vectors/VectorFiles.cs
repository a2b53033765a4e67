using System.Globalization;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace TrafficAI.FieldBus.Tests.Vectors;

/// <summary>The golden vectors as files: bytes in hexadecimal, the form for people as JSON, and an index.</summary>
internal static class VectorFiles
{
    private const int BytesALine = 32;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default);
    private static readonly System.Text.Json.JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static string Checkout { get; } = FindCheckout();

    public static string Folder { get; } = Path.Combine(Checkout, "firmware-contracts", "vectors");

    /// <summary>Every file of the folder that is made from the vectors.</summary>
    public static IEnumerable<(string Name, string Text)> Of(IReadOnlyList<Vector> vectors)
    {
        yield return ("index.txt", string.Concat(vectors.Select(v => $"{v.Name} {v.Kind.TopicEnd()} {OutcomeName(v.Outcome)}\n")));
        foreach (var vector in vectors)
        {
            yield return ($"{vector.Name}.hex", Hex(vector.Payload));
            yield return ($"{vector.Name}.json", Json(vector));
        }
    }

    /// <summary>Compares a file with what it should be; on a difference writes that beside it.</summary>
    public static void Check(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        if (File.Exists(path) && File.ReadAllText(path) == text) return;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText($"{path}.actual", text);
        Assert.Fail($"{name} differs: compare with {name}.actual");
    }

    public static byte[] ReadHex(string name) =>
        Convert.FromHexString(File.ReadAllText(Path.Combine(Folder, $"{name}.hex")).ReplaceLineEndings(""));

    /// <summary>The member <c>message</c> of the JSON form; null where there is none.</summary>
    public static string? ReadMessage(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, $"{name}.json")))!["message"]?.ToJsonString();

    public static string Hex(byte[] bytes) =>
        string.Concat(bytes.Chunk(BytesALine).Select(line => string.Concat(line.Select(b => b.ToString("x2", CultureInfo.InvariantCulture))) + "\n"));

    private static string Json(Vector vector)
    {
        var json = new JsonObject
        {
            ["topic"] = Vector.TopicOf(vector.Kind).ToString(),
            ["outcome"] = OutcomeName(vector.Outcome),
            ["about"] = vector.About,
        };
        if (vector.Message is { } message) json["message"] = JsonNode.Parse(Formatter.Format(message));
        return json.ToJsonString(Indented) + "\n";
    }

    public static string OutcomeName(Wire.Outcome outcome) =>
        Wire.FieldReflection.Descriptor.EnumTypes.Single(e => e.Name == nameof(Wire.Outcome)).FindValueByNumber((int)outcome).Name["OUTCOME_".Length..];

    private static string FindCheckout()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "TrafficAI.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No TrafficAI.sln above {AppContext.BaseDirectory}.");
    }
}
