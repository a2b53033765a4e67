using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml;

namespace TrafficAI.Network;

/// <summary>Reads SUMO network files (<c>.net.xml</c>, plain or gzip).</summary>
public static class NetworkReader
{
    /// <summary>Reads a network.</summary>
    /// <param name="content">The bytes of the file; gzip is recognised by its first two bytes.</param>
    /// <param name="name">What to call the file in an error.</param>
    /// <exception cref="NetworkException">The file is broken or is not a SUMO network.</exception>
    public static RoadNetwork Read(ReadOnlyMemory<byte> content, string name)
    {
        var errors = new FileErrors(name);
        return NetworkAssembler.Assemble(ReadRecords(content, errors), errors);
    }

    /// <summary>The XML of a network file, for who reads something else of it.</summary>
    /// <param name="content">The bytes of the file; gzip is recognised by its first two bytes.</param>
    public static Stream Open(ReadOnlyMemory<byte> content)
    {
        var bytes = OpenBytes(content);
        return content.Span is [0x1f, 0x8b, ..] ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
    }

    private static NetworkRecords ReadRecords(ReadOnlyMemory<byte> content, FileErrors errors)
    {
        using var stream = Open(content);
        try
        {
            return NetworkXml.Read(stream, errors);
        }
        catch (XmlException e)
        {
            throw errors.At(e.LineNumber, $"not readable as XML: {WithoutPlace(e)}",
                "Copy the file again, or write it again with netconvert", e);
        }
        catch (InvalidDataException e)
        {
            throw errors.At(0, "begins like gzip, but cannot be unpacked", "Copy the file again, or give the unpacked .net.xml", e);
        }
    }

    private static MemoryStream OpenBytes(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);

    /// <summary>The message without its last sentence, which names line and position again.</summary>
    private static string WithoutPlace(XmlException e)
    {
        var end = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (end > 0 ? e.Message[..end] : e.Message).TrimEnd('.');
    }
}
