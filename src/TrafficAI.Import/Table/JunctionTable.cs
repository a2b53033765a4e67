using System.Collections.Immutable;
using TrafficAI.Import.Roads;

namespace TrafficAI.Import.Table;

/// <summary>Reads the junction table: columns <c>id</c>, <c>lat</c>, <c>lon</c>, <c>street_a</c>, <c>street_b</c> and, if there are,
/// <c>a_ru</c>, <c>a_kk</c>, <c>b_ru</c>, <c>b_kk</c>, <c>lanes_a</c>, <c>lanes_b</c>, <c>signal_status</c>, <c>source</c>.</summary>
public static class JunctionTable
{
    private const int LongestId = 60;

    /// <exception cref="ImportException">A row cannot be used.</exception>
    public static ImmutableArray<SiteJunction> Read(ReadOnlySpan<byte> content, string name)
    {
        var table = CsvTable.Read(content, name);
        ImmutableArray<SiteJunction> junctions = [.. table.Rows.Select(Junction)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (row, junction) in table.Rows.Zip(junctions))
            if (!seen.Add(junction.Id)) throw table.Error(row.Line, $"the junction '{junction.Id}' stands there twice", "Leave one of them out");
        return junctions;
    }

    private static SiteJunction Junction(CsvRow row)
    {
        var id = row.Needed("id");
        if (id.Length > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            throw row.Table.Error(row.Line, "its id is not made of letters, digits, '-', '_' and '.'", "Rename it");
        var status = row.Text("signal_status");
        return new(
            id,
            GeoPoint.FromDegrees(row.Number("lon", -180, 180), row.Number("lat", -85, 85))!.Value,
            Street(row, "a"),
            Street(row, "b"),
            StatusOf(status),
            status,
            status.Contains("exclusive pedestrian phase", StringComparison.Ordinal),
            row.Text("source"));
    }

    private static SiteStreet Street(CsvRow row, string side) =>
        new(row.Needed($"street_{side}"), row.Text($"{side}_ru"), row.Text($"{side}_kk"), row.Text($"lanes_{side}"));

    private static SignalStatus StatusOf(string text) =>
        text.StartsWith("documented", StringComparison.Ordinal) || text.StartsWith("osm-signalised", StringComparison.Ordinal) ? SignalStatus.Documented
        : text.StartsWith("inferred", StringComparison.Ordinal) ? SignalStatus.Inferred
        : SignalStatus.Unknown;
}
