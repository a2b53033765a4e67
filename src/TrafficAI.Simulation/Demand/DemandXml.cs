using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Xml;
using System.Xml.Linq;

namespace TrafficAI.Simulation.Demand;

/// <summary>Streams a demand file: one element under the root at a time.</summary>
internal static class DemandXml
{
    /// <summary>In characters: far above the largest city. Stops a small gzip file that unpacks without end.</summary>
    private const long LongestFile = 1L << 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        MaxCharactersInDocument = LongestFile,
    };

    private const string Mend = "Repair the file, or write it again";

    /// <exception cref="DemandException">The file is no XML.</exception>
    public static IEnumerable<DemandElement> Read(DemandFile file)
    {
        using var bytes = Open(file.Content);
        using Stream stream = file.Content.Span is [0x1f, 0x8b, ..] ? new GZipStream(bytes, CompressionMode.Decompress) : bytes;
        using var xml = Try(file, null, () => XmlReader.Create(stream, Settings));
        Try(file, xml, () => xml.MoveToContent() == XmlNodeType.Element && xml.Read());
        while (Next(file, xml) is { } element)
            yield return element;
    }

    private static DemandElement? Next(DemandFile file, XmlReader xml)
    {
        while (!xml.EOF)
        {
            if (xml.NodeType == XmlNodeType.Element)
            {
                var line = ((IXmlLineInfo)xml).LineNumber;
                return new(Try(file, xml, () => (XElement)XNode.ReadFrom(xml)), file.Name, line); // leaves the reader behind the element
            }
            Try(file, xml, xml.Read);
        }
        return null;
    }

    private static T Try<T>(DemandFile file, XmlReader? xml, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (XmlException e)
        {
            throw Broken(file, e.LineNumber, $"is not readable as XML: {WithoutPlace(e)}", e);
        }
        catch (InvalidDataException e)
        {
            throw Broken(file, (xml as IXmlLineInfo)?.LineNumber ?? 0, "begins like gzip, but cannot be unpacked", e);
        }
    }

    private static DemandException Broken(DemandFile file, int line, string what, Exception e) =>
        new(DemandElement.OneLine($"{file.Name}, line {Math.Max(line, 1)}: {what}. {Mend}."), e);

    /// <summary>The message without its last sentence, which names line and position again.</summary>
    private static string WithoutPlace(XmlException e)
    {
        var end = e.Message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return (end > 0 ? e.Message[..end] : e.Message).TrimEnd('.');
    }

    private static MemoryStream Open(ReadOnlyMemory<byte> content) =>
        MemoryMarshal.TryGetArray(content, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(content.ToArray(), writable: false);
}
