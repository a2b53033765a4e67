using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAI.Server.Api;

/// <summary>Measures of a span as <c>trafficai.kpi.v1</c> (docs/json.md) has them. The bytes are those of the command line; this is how they are described.</summary>
/// <param name="Schema">trafficai.kpi.v1.</param>
/// <param name="From">First street second.</param>
/// <param name="To">The street second after the last.</param>
/// <param name="BinSeconds">Length of the bins.</param>
/// <param name="Values">By id of the measure.</param>
internal sealed record MeasuresTold(
    string Schema, string Build, string Scenario, long From, long To, [property: JsonPropertyName("bin_s")] int BinSeconds, string Language, ImmutableArray<DefinitionTold> Definitions,
    Dictionary<string, FigureTold> Values, ImmutableArray<BinTold> Bins, ImmutableArray<CorridorFigures> Corridors, ImmutableArray<IntersectionFigures> Intersections);

/// <summary>What a measure is.</summary>
/// <param name="Unit">share, seconds, vehicles-per-hour and so on.</param>
internal sealed record DefinitionTold(string Id, string Name, string Formula, string Unit, string Source);

/// <summary>A figure.</summary>
/// <param name="Value">Null where it cannot be computed.</param>
/// <param name="Coverage">Part of the span that it rests on, 0 to 1.</param>
internal sealed record FigureTold(double? Value, double Coverage)
{
    /// <summary>What is missing where there is no value.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Missing { get; init; }
}

/// <summary>Figures of a part of the span.</summary>
internal sealed record BinTold(long From, long To, Dictionary<string, FigureTold> Values);

/// <summary>Figures of a direction of a corridor.</summary>
/// <param name="Stops">Intersections in driving order.</param>
internal sealed record CorridorFigures(string Id, ImmutableArray<string> Stops, Dictionary<string, FigureTold> Values);

/// <summary>Figures of an intersection and its parts.</summary>
/// <param name="Name">In the language asked for; null where signals.json has none.</param>
internal sealed record IntersectionFigures(
    string Id, string? Name, Dictionary<string, FigureTold> Values, ImmutableArray<PartFigures> Approaches, ImmutableArray<PartFigures> Lanes, ImmutableArray<PartFigures> Groups,
    ImmutableArray<PartFigures> Movements, ImmutableArray<PartFigures> Exits, ImmutableArray<PartFigures> Detectors, ImmutableArray<PartFigures> Strategies, ImmutableArray<PartFigures> Levels,
    ImmutableArray<BinTold> Bins);

/// <summary>Figures of a part of an intersection.</summary>
internal sealed record PartFigures(string Name, Dictionary<string, FigureTold> Values);

/// <summary>What the columns of the table mean.</summary>
internal sealed record TableSchema(ImmutableArray<FieldTold> Fields, ImmutableArray<DefinitionTold> Measures);

/// <summary>A column.</summary>
internal sealed record FieldTold(string Name, string Type, string Description);
