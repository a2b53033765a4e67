using System.Collections.Immutable;
using System.Text;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Signals;
using TrafficAI.Import.Table;

namespace TrafficAI.Import;

/// <summary>From roads and a junction table to a network with lights and its <c>signals.json</c>.</summary>
public static class OsmImport
{
    /// <summary>What an import has made.</summary>
    /// <param name="Network">SUMO's network file.</param>
    /// <param name="Signals"><c>signals.json</c>.</param>
    /// <param name="Plain">The streets, to tell of them.</param>
    /// <param name="Lights">Its lights, with their times.</param>
    /// <param name="Warnings">What netconvert warns of.</param>
    public sealed record Result(string Network, string Signals, PlainNetwork Plain, ImmutableArray<TimedLight> Lights, ImmutableArray<string> Warnings);

    /// <exception cref="ImportException">A file cannot be used, or netconvert refuses the streets.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static Result Run(OsmOrder order)
    {
        ImmutableArray<Road> roads = [.. order.RoadFiles.SelectMany(file => RoadFile.Read(file))];
        if (roads.IsEmpty) throw new ImportException($"{string.Join(", ", order.RoadFiles)}: there is no road in it. Give lines with a tag highway or fclass.");
        var junctions = Chosen(order, JunctionTable.Read(File.ReadAllBytes(order.JunctionFile), order.JunctionFile));
        var busLanes = order.BusLaneFile is { } buses ? BusLane.ReadAll(File.ReadAllBytes(buses), buses) : [];
        var counts = order.CountFile is { } counted ? TurningCounts.Read(File.ReadAllBytes(counted), counted) : TurningCounts.None;
        var plain = PlainNetworkBuilder.Build(roads, junctions, busLanes, order.ReachMetres);
        var (drawn, warnings) = Netconvert.Run(PlainXml.Nodes(plain), PlainXml.Edges(plain), PlainXml.Connections(plain));
        var timed = Programmes.Set(drawn, plain, counts);
        return new(timed.Network, SignalsText.Of(plain, order, counts), plain, timed.Lights, [.. warnings]);
    }

    /// <summary>The junctions that get a light.</summary>
    private static ImmutableArray<SiteJunction> Chosen(OsmOrder order, ImmutableArray<SiteJunction> table)
    {
        if (order.Junctions.FirstOrDefault(id => !table.Any(junction => junction.Id == id)) is { } missing)
            throw new ImportException($"{order.JunctionFile}: it has no junction '{missing}'. Choose ids of its column 'id'.");
        return [.. table.Where(junction => order.Junctions.IsEmpty ? junction.Status != SignalStatus.Unknown : order.Junctions.Contains(junction.Id))
            .Where(junction => order.Box is not { } box || IsWithin(box, junction.Place))];
    }

    private static bool IsWithin((double West, double South, double East, double North) box, GeoPoint place) =>
        place.LongitudeDegrees >= box.West && place.LongitudeDegrees <= box.East && place.LatitudeDegrees >= box.South && place.LatitudeDegrees <= box.North;

    /// <summary>Writes a text as UTF-8 without a mark.</summary>
    public static void Write(string path, string text) => File.WriteAllText(path, text, new UTF8Encoding(false));
}
