using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;

namespace TrafficAI.Import.Roads;

/// <summary>Reads roads from a shapefile: lines in <c>.shp</c>, tags in <c>.dbf</c>, record by record in the same order.</summary>
/// <remarks>ESRI Shapefile Technical Description (1998): header of 100 bytes, records of shape type 3 (PolyLine), 13 or 23 (with heights or measures, which
/// are not read). The coordinates must be degrees of WGS 84.</remarks>
internal static class ShapefileRoads
{
    private const int HeaderBytes = 100;
    private const int FileCode = 9994;
    private const int BytesBeforeParts = 44;

    /// <exception cref="ImportException">The files are damaged, or hold something else than lines in degrees.</exception>
    public static ImmutableArray<Road> Read(ReadOnlySpan<byte> shapes, DbfTable table, string name)
    {
        if (shapes.Length < HeaderBytes || BinaryPrimitives.ReadInt32BigEndian(shapes) != FileCode)
            throw new ImportException($"{name}: it does not begin like a shapefile. Give the .shp that belongs to the .dbf.");
        var roads = ImmutableArray.CreateBuilder<Road>();
        var record = 0;
        for (var at = HeaderBytes; at < shapes.Length; record++)
        {
            var content = Record(shapes, at, name, record);
            at += 8 + content.Length;
            if (record >= table.Count) throw Damaged(name, record, "it has no row in the .dbf");
            foreach (var line in Lines(content, name, record))
                if (RoadTags.Read(table.Text(record, "osm_id") ?? name, tag => table.Text(record, tag), line) is { } road) roads.Add(road);
        }

        return roads.ToImmutable();
    }

    private static ReadOnlySpan<byte> Record(ReadOnlySpan<byte> shapes, int at, string name, int record)
    {
        if (shapes.Length - at < 8) throw Damaged(name, record, "the file ends within its header");
        var length = 2L * BinaryPrimitives.ReadInt32BigEndian(shapes[(at + 4)..]);
        if (length < 4 || length > shapes.Length - at - 8) throw Damaged(name, record, "its length is not that of the file");
        return shapes.Slice(at + 8, (int)length);
    }

    private static List<List<GeoPoint>> Lines(ReadOnlySpan<byte> record, string name, int number)
    {
        var kind = BinaryPrimitives.ReadInt32LittleEndian(record);
        if (kind == 0) return [];
        if (kind is not (3 or 13 or 23)) throw Damaged(name, number, "it is no line");
        if (record.Length < BytesBeforeParts) throw Damaged(name, number, "it is too short");
        var parts = BinaryPrimitives.ReadInt32LittleEndian(record[36..]);
        var points = BinaryPrimitives.ReadInt32LittleEndian(record[40..]);
        if (parts < 0 || points < 0 || BytesBeforeParts + 4L * parts + 16L * points > record.Length) throw Damaged(name, number, "its points go beyond its end");
        var lines = new List<List<GeoPoint>>();
        for (var part = 0; part < parts; part++)
        {
            var first = PartStart(record, part);
            var end = part + 1 < parts ? PartStart(record, part + 1) : points;
            if (first < 0 || end < first || end > points) throw Damaged(name, number, "its parts are out of order");
            lines.Add(Points(record[(BytesBeforeParts + 4 * parts)..], first, end, name, number));
        }

        return lines;
    }

    private static int PartStart(ReadOnlySpan<byte> record, int part) => BinaryPrimitives.ReadInt32LittleEndian(record[(BytesBeforeParts + 4 * part)..]);

    private static List<GeoPoint> Points(ReadOnlySpan<byte> coordinates, int first, int end, string name, int number)
    {
        var line = new List<GeoPoint>(end - first);
        for (var i = first; i < end; i++)
            line.Add(GeoPoint.FromDegrees(
                BinaryPrimitives.ReadDoubleLittleEndian(coordinates[(16 * i)..]), BinaryPrimitives.ReadDoubleLittleEndian(coordinates[(16 * i + 8)..]))
                ?? throw Damaged(name, number, "a point is no longitude and latitude in degrees of WGS 84"));
        return line;
    }

    private static ImportException Damaged(string name, int record, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: record {record + 1}: {what}. Export the file again."));
}
