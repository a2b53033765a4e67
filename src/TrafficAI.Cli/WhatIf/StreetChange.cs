using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrafficAI.Cli.WhatIf;

/// <summary>A file that says what is different on the street: JSON, each field optional.</summary>
/// <param name="Demand">Factor on the demand, 0.1 to 5.</param>
/// <param name="ClosedLanes">Ids of lanes that nobody may use.</param>
/// <param name="Programs">An additional file of SUMO with signal programmes, as a path from the folder of this file.</param>
internal sealed record StreetChange(double Demand = 1, ImmutableArray<string> ClosedLanes = default, string? Programs = null)
{
    public static readonly StreetChange None = new();

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowTrailingCommas = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>It changes nothing.</summary>
    public bool IsNone => !ChangesNetwork && Demand == 1;

    /// <summary>Whether it changes the street itself, and not only how many drive.</summary>
    public bool ChangesNetwork => !ClosedLanes.IsDefaultOrEmpty || Programs is not null;

    /// <exception cref="InputException">The file cannot be used.</exception>
    public static StreetChange Read(string? file)
    {
        if (file is null) return None;
        try
        {
            var change = JsonSerializer.Deserialize<StreetChange>(File.ReadAllText(file), Json) ?? None;
            if (change.Demand is not (>= 0.1 and <= 5)) throw new InputException($"--change {file}: demand must be from 0.1 to 5.");
            return change.Programs is { } programs ? change with { Programs = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(file))!, programs) } : change;
        }
        catch (JsonException e)
        {
            throw new InputException($"--change {file}: {e.Message} Write {{ \"demand\": 1.2, \"closedLanes\": [\"lane\"], \"programs\": \"file.add.xml\" }}, each as needed.");
        }
    }
}
