using System.Collections.Immutable;
using System.Globalization;
using System.Xml;

namespace TrafficAI.Import.Roads;

/// <summary>Reads roads from OpenStreetMap's own XML: nodes first, then ways with tags.</summary>
internal static class OsmXmlRoads
{
    /// <exception cref="ImportException">The file is no OpenStreetMap XML.</exception>
    public static ImmutableArray<Road> Read(Stream content, string name)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };
        try
        {
            using var xml = XmlReader.Create(content, settings);
            return Read(xml, name);
        }
        catch (XmlException e)
        {
            throw new ImportException(string.Create(CultureInfo.InvariantCulture, $"{name}: line {e.LineNumber} is not readable as XML. Export the file again."));
        }
    }

    private static ImmutableArray<Road> Read(XmlReader xml, string name)
    {
        var places = new Dictionary<string, GeoPoint>(StringComparer.Ordinal);
        var roads = ImmutableArray.CreateBuilder<Road>();
        xml.MoveToContent();
        if (xml.LocalName != "osm") throw new ImportException($"{name}: it begins with <{xml.LocalName}>, not with <osm>. Give an export of OpenStreetMap.");
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element) continue;
            if (xml.LocalName == "node") places[Needed(xml, "id", name)] = Place(xml, name);
            else if (xml.LocalName == "way" && ReadWay(xml, places, name) is { } road) roads.Add(road);
        }

        return roads.ToImmutable();
    }

    private static Road? ReadWay(XmlReader xml, Dictionary<string, GeoPoint> places, string name)
    {
        var id = Needed(xml, "id", name);
        var points = new List<GeoPoint>();
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        using var way = xml.ReadSubtree();
        while (way.Read())
        {
            if (way.NodeType != XmlNodeType.Element) continue;
            if (way.LocalName == "nd" && places.TryGetValue(Needed(way, "ref", name), out var point)) points.Add(point);
            else if (way.LocalName == "tag") tags[Needed(way, "k", name)] = Needed(way, "v", name);
        }

        return tags.ContainsKey("highway") ? RoadTags.Read(id, tags.GetValueOrDefault, points) : null;
    }

    private static GeoPoint Place(XmlReader xml, string name) =>
        double.TryParse(xml.GetAttribute("lon"), NumberStyles.Float, CultureInfo.InvariantCulture, out var longitude)
        && double.TryParse(xml.GetAttribute("lat"), NumberStyles.Float, CultureInfo.InvariantCulture, out var latitude)
            ? GeoPoint.FromDegrees(longitude, latitude) ?? throw Error(xml, name, "a node is nowhere on Earth")
            : throw Error(xml, name, "a node has no lon and lat in degrees");

    private static string Needed(XmlReader xml, string attribute, string name) =>
        xml.GetAttribute(attribute) ?? throw Error(xml, name, $"<{xml.LocalName}> has no {attribute}");

    private static ImportException Error(XmlReader xml, string name, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{name}: line {((IXmlLineInfo)xml).LineNumber}: {what}. Export the file again."));
}
