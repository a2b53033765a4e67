using System.Collections.Frozen;
using System.Xml;
using TrafficAI.Network;

namespace TrafficAI.Server.Reading;

/// <summary>What a network file says for people and maps only: where it lies, and what its roads are called.</summary>
/// <param name="Names">Per edge id its name, of the edges that have one.</param>
public sealed record NetworkFileFacts(GeoFrame Frame, FrozenDictionary<string, string> Names)
{
    /// <param name="file">The bytes of the file, plain or gzip. It has been read as a network before.</param>
    public static NetworkFileFacts Read(ReadOnlyMemory<byte> file)
    {
        var frame = GeoFrame.Of(null, null);
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        using var reader = XmlReader.Create(NetworkReader.Open(file), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.Name == "location") frame = GeoFrame.Of(reader.GetAttribute("netOffset"), reader.GetAttribute("projParameter"));
            else if (reader.Name == "edge" && reader.GetAttribute("id") is { } id && reader.GetAttribute("name") is { Length: > 0 } name) names[id] = name;
        }

        return new(frame, names.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
