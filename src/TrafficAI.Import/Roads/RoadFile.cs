using System.Collections.Immutable;
using System.IO.Compression;

namespace TrafficAI.Import.Roads;

/// <summary>Reads roads from a file: GeoJSON, OpenStreetMap XML, each plain or gzip, or a shapefile within a zip archive. The content tells which.</summary>
public static class RoadFile
{
    private const long MostBytes = 1L << 30;

    /// <exception cref="ImportException">It is none of these, or is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ImmutableArray<Road> Read(string path) => Read(File.ReadAllBytes(path), path);

    /// <param name="content">The bytes of the file.</param>
    /// <param name="name">What to call it in an error.</param>
    /// <exception cref="ImportException">It is none of these, or is damaged.</exception>
    public static ImmutableArray<Road> Read(ReadOnlyMemory<byte> content, string name)
    {
        try
        {
            if (content.Span is [0x1f, 0x8b, ..]) content = Unpacked(new GZipStream(new MemoryStream(content.ToArray()), CompressionMode.Decompress), name);
            return content.Span is [(byte)'P', (byte)'K', ..] ? FromArchive(content, name) : FromText(content, name);
        }
        catch (InvalidDataException)
        {
            throw new ImportException($"{name}: it cannot be unpacked. Copy the file again.");
        }
    }

    private static ImmutableArray<Road> FromText(ReadOnlyMemory<byte> content, string name)
    {
        if (content.Span.StartsWith("\uFEFF"u8)) content = content[3..];
        var start = content.Span.TrimStart(" \t\r\n"u8);
        return start switch
        {
            [(byte)'<', ..] => OsmXmlRoads.Read(new MemoryStream(content.ToArray()), name),
            [(byte)'{', ..] => GeoJsonRoads.Read(content, name),
            _ => throw new ImportException($"{name}: it is neither GeoJSON nor OpenStreetMap XML nor a zipped shapefile. Give one of these."),
        };
    }

    private static ImmutableArray<Road> FromArchive(ReadOnlyMemory<byte> content, string name)
    {
        using var archive = new ZipArchive(new MemoryStream(content.ToArray()));
        var shapes = archive.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(".shp", StringComparison.OrdinalIgnoreCase))
            ?? throw new ImportException($"{name}: there is no .shp in it. Give a zipped shapefile.");
        var table = archive.Entries.FirstOrDefault(entry => string.Equals(entry.FullName, Path.ChangeExtension(shapes.FullName, ".dbf"), StringComparison.OrdinalIgnoreCase))
            ?? throw new ImportException($"{name}: there is no .dbf beside {shapes.FullName}. Zip them together.");
        return ShapefileRoads.Read(Bytes(shapes, name).Span, DbfTable.Read(Bytes(table, name), $"{name}: {table.FullName}"), $"{name}: {shapes.FullName}");
    }

    private static ReadOnlyMemory<byte> Bytes(ZipArchiveEntry entry, string name)
    {
        using var stream = entry.Open();
        return Unpacked(stream, name);
    }

    private static ReadOnlyMemory<byte> Unpacked(Stream packed, string name)
    {
        using var source = packed;
        using var bytes = new MemoryStream();
        var block = new byte[1 << 16];
        for (int read; (read = source.Read(block)) > 0;)
        {
            bytes.Write(block, 0, read);
            if (bytes.Length > MostBytes) throw new ImportException($"{name}: unpacked it has more than {MostBytes >> 20} MB. Cut out the city first.");
        }

        return bytes.ToArray();
    }
}
