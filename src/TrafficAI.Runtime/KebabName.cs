using System.Text.Json;

namespace TrafficAI.Runtime;

/// <summary>Names of the code as they stand in files and keys: <c>MinimumGreen</c> is <c>minimum-green</c>.</summary>
public static class KebabName
{
    public static string Of<T>(T name)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName($"{name}");
}
