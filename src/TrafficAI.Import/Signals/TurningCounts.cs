using System.Collections.Frozen;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Signals;

/// <summary>Vehicles per hour from edge to edge over a junction, as counted or as expected: a table with the columns <c>from</c>, <c>to</c> and <c>vehicles</c>.</summary>
public sealed class TurningCounts
{
    private const double MostPerHour = 20_000;
    private readonly FrozenDictionary<(string From, string To), double> flows;

    private TurningCounts(FrozenDictionary<(string From, string To), double> flows) => this.flows = flows;

    /// <summary>Nobody has counted.</summary>
    public static TurningCounts None { get; } = new(FrozenDictionary<(string From, string To), double>.Empty);

    public bool IsEmpty => flows.Count == 0;

    /// <summary>Vehicles per hour; 0 where nobody was counted.</summary>
    public double Of(string from, string to) => flows.GetValueOrDefault((from, to));

    /// <exception cref="ImportException">A row cannot be used.</exception>
    public static TurningCounts Read(ReadOnlySpan<byte> content, string name)
    {
        var flows = new Dictionary<(string From, string To), double>();
        foreach (var row in CsvTable.Read(content, name).Rows)
            if (!flows.TryAdd((row.Needed("from"), row.Needed("to")), row.Number("vehicles", 0, MostPerHour)))
                throw row.Table.Error(row.Line, "this way stands there twice", "Add the two counts up");
        return new(flows.ToFrozenDictionary());
    }
}
