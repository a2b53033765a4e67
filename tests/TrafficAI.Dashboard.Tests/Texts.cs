using System.Text.Json;

namespace TrafficAI.Dashboard.Tests;

/// <summary>The texts of the dashboard in one language, by key.</summary>
internal static class Texts
{
    public static readonly string[] Languages = ["en", "ru", "kk"];

    private static readonly Dictionary<string, Dictionary<string, string>> All = Languages.ToDictionary(
        language => language,
        language => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(WebFolder.PathOf($"src/i18n/{language}.json")))!);

    public static IReadOnlyDictionary<string, string> Of(string language) => All[language];

    public static string Of(string language, string key) => All[language][key];
}
