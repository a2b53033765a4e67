using System.Globalization;
using System.Security;
using System.Text;

namespace TrafficAI.Import.Plain;

/// <summary>Writes a street network as SUMO's plain XML, coordinates in degrees. Lane 0 of every edge is the pavement.</summary>
public static class PlainXml
{
    private const int PavementMetres = 2;
    private const int CrossingMetres = 4;

    public static string Nodes(PlainNetwork network) => Document("nodes", network.Nodes.Select(node =>
        $"""<node id="{node.Id}" x="{Degrees(node.Place.Longitude)}" y="{Degrees(node.Place.Latitude)}" type="{(node.Junction is null ? "priority" : "traffic_light")}"/>"""));

    public static string Edges(PlainNetwork network) => Document("edges", network.Edges.Select(Edge));

    public static string Connections(PlainNetwork network) => Document("connections",
        network.Connections.Select(way => string.Create(CultureInfo.InvariantCulture,
            $"""<connection from="{way.From}" to="{way.To}" fromLane="{way.FromLane + 1}" toLane="{way.ToLane + 1}"/>"""))
        .Concat(network.Crossings.Select(crossing => string.Create(CultureInfo.InvariantCulture,
            $"""<crossing node="{crossing.Node}" edges="{string.Join(' ', crossing.Edges)}" width="{CrossingMetres}" priority="true"/>"""))));

    private static string Edge(PlainEdge edge)
    {
        var shape = string.Join(' ', edge.Points.Select(point => $"{Degrees(point.Longitude)},{Degrees(point.Latitude)}"));
        var name = edge.Name.Length == 0 ? "" : $" name=\"{SecurityElement.Escape(edge.Name)}\"";
        var buses = edge.Bus == BusUse.Alone ? " allow=\"bus\"" : "";
        var lane = edge.Bus == BusUse.KerbLane ? "<lane index=\"0\" allow=\"bus\"/>" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            <edge id="{edge.Id}" from="{edge.From}" to="{edge.To}" numLanes="{edge.Lanes}" priority="{Priority(edge)}" speed="{edge.SpeedKilometresPerHour / 3.6:0.00}"{name}{buses} sidewalkWidth="{PavementMetres}" shape="{shape}">{lane}<param key="class" value="{SecurityElement.Escape(edge.Class)}"/><param key="lanes" value="{Word(edge.LaneKnowledge)}"/><param key="speed" value="{Word(edge.SpeedKnowledge)}"/></edge>
            """);
    }

    private static int Priority(PlainEdge edge) => edge.Class switch
    {
        "motorway" or "trunk" => 5,
        "primary" => 4,
        "secondary" => 3,
        "tertiary" => 2,
        _ => 1,
    };

    private static string Word(Knowledge knowledge) => knowledge == Knowledge.Known ? "known" : "assumed";

    /// <summary>All seven decimals, whatever the culture.</summary>
    private static string Degrees(int steps) => string.Create(CultureInfo.InvariantCulture, $"{steps / 1e7:0.0000000}");

    private static string Document(string root, IEnumerable<string> elements)
    {
        var text = new StringBuilder($"""<?xml version="1.0" encoding="UTF-8"?>""").Append('\n').Append('<').Append(root).Append(">\n");
        foreach (var element in elements) text.Append("  ").Append(element).Append('\n');
        return text.Append("</").Append(root).Append(">\n").ToString();
    }
}
