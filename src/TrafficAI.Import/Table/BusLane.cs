using System.Collections.Immutable;

namespace TrafficAI.Import.Table;

/// <summary>Lanes for buses along a street.</summary>
/// <param name="Street">Its key in the junction table.</param>
/// <param name="Junctions">Between which of its junctions.</param>
/// <param name="Along">The kerb lane in the direction of the traffic.</param>
/// <param name="Against">A lane against the traffic of a one-way street.</param>
/// <param name="Source">Who tells of it.</param>
public sealed record BusLane(string Street, ImmutableArray<string> Junctions, bool Along, bool Against, string Source)
{
    /// <summary>Reads a table with the columns <c>street</c>, <c>junctions</c> (ids between blanks), <c>bus</c> (<c>along</c>, <c>against</c> or <c>both</c>)
    /// and <c>source</c>.</summary>
    /// <exception cref="ImportException">A row cannot be used.</exception>
    public static ImmutableArray<BusLane> ReadAll(ReadOnlySpan<byte> content, string name) => [.. CsvTable.Read(content, name).Rows.Select(Read)];

    private static BusLane Read(CsvRow row)
    {
        var use = row.Needed("bus");
        if (use is not ("along" or "against" or "both")) throw row.Table.Error(row.Line, "its bus lane is not 'along', 'against' or 'both'", "Write one of them");
        return new(
            row.Needed("street"), [.. row.Needed("junctions").Split(' ', StringSplitOptions.RemoveEmptyEntries)], use is "along" or "both", use is "against" or "both", row.Needed("source"));
    }
}
