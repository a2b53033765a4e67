using System.IO.Compression;
using System.Text;
using System.Xml;

namespace TrafficAI.Sumo;

/// <summary>Signal programmes in additional files. SUMO loads them after the network, and the last one that it loads is in force.</summary>
public static class AdditionalPrograms
{
    private static ReadOnlySpan<byte> EndOfNetwork => "</net>"u8;

    /// <summary>The network with the programmes of the additional files behind its own; the same bytes where those hold none.</summary>
    /// <param name="network">A network file, plain or gzip.</param>
    /// <exception cref="ScenarioException">A file cannot be read, or only changes the offset of a programme.</exception>
    public static byte[] JoinTo(byte[] network, IEnumerable<string> additional)
    {
        var programs = new StringBuilder();
        foreach (var file in additional)
            Read(file, programs);
        return programs.Length == 0 ? network : Insert(Unpacked(network), Encoding.UTF8.GetBytes(programs.ToString()));
    }

    private static void Read(string file, StringBuilder programs)
    {
        using var xml = SumoFile.Open(file);
        try
        {
            xml.Read();
            while (!xml.EOF)
            {
                if (xml.NodeType != XmlNodeType.Element || xml.Name != "tlLogic")
                {
                    xml.Read();
                    continue;
                }
                var program = xml.ReadOuterXml(); // moves on by itself
                if (!program.Contains("<phase", StringComparison.Ordinal))
                    throw new ScenarioException($"{file}: a <tlLogic> without phases only moves an offset, which is not supported. "
                        + "Write it into the network: netconvert -s NET -i FILE -o NET.");
                programs.Append(program).Append('\n');
            }
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or IOException)
        {
            throw new ScenarioException($"{file}: {SumoFile.OneLine(e.Message)} Repair the additional file.", e);
        }
    }

    private static byte[] Insert(byte[] network, byte[] programs)
    {
        var end = network.AsSpan().LastIndexOf(EndOfNetwork);
        return end < 0 ? network : [.. network[..end], .. programs, .. network[end..]]; // without an end it is no network, which its reader will say
    }

    private static byte[] Unpacked(byte[] file)
    {
        if (file is not [0x1f, 0x8b, ..])
            return file;
        try
        {
            using var unpacked = new MemoryStream();
            using (var gzip = new GZipStream(new MemoryStream(file), CompressionMode.Decompress))
                gzip.CopyTo(unpacked);
            return unpacked.ToArray();
        }
        catch (InvalidDataException)
        {
            return file; // its reader will say so
        }
    }
}
