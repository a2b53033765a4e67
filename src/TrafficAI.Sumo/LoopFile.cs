using System.Globalization;
using System.Text;
using System.Xml;
using TrafficAI.Network;
using TrafficAI.Signals.Street;

namespace TrafficAI.Sumo;

/// <summary>The additional file that lays our loops into SUMO's lanes. They are named by number: a detector's own id may hold characters
/// that SUMO does not take.</summary>
internal static class LoopFile
{
    private const string Prefix = "trafficai.loop.";

    public static string Name(int number) => Prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Writes the file: detector i gets the name of i.</summary>
    public static void Write(string path, RoadNetwork network, IReadOnlyList<Detector> detectors)
    {
        using var xml = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false) });
        xml.WriteStartElement("additional");
        for (var i = 0; i < detectors.Count; i++)
            WriteLoop(xml, Name(i), network.Lanes[detectors[i].Lane], detectors[i].PositionMetres);
        xml.WriteEndElement();
    }

    private static void WriteLoop(XmlWriter xml, string name, Lane lane, double position)
    {
        xml.WriteStartElement("inductionLoop");
        xml.WriteAttributeString("id", name);
        xml.WriteAttributeString("lane", lane.Id.Value);
        var (begin, length) = LoopExtent.Of(position, lane.LengthMetres);
        xml.WriteAttributeString("pos", begin.ToString("0.###", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("length", length.ToString("0.###", CultureInfo.InvariantCulture));
        xml.WriteAttributeString("friendlyPos", "true");
        xml.WriteAttributeString("freq", "86400");
        xml.WriteAttributeString("file", OperatingSystem.IsWindows() ? "NUL" : "/dev/null");
        xml.WriteEndElement();
    }
}
