using System.Collections.Frozen;
using System.Text.Json;

namespace TrafficAI.Runtime.Explain;

/// <summary>Words of one language: a resource of JSON, each key with its text.</summary>
public static class WordFile
{
    /// <param name="beside">A type of the namespace and assembly that the file is in.</param>
    /// <param name="name">The file, such as <c>Phrases.en.json</c>; it is there.</param>
    public static FrozenDictionary<string, string> Read(Type beside, string name)
    {
        using var file = beside.Assembly.GetManifestResourceStream(beside, name)!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
