using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Tests;

/// <summary>An invented town: Broad Avenue from west to east with two carriageways, Mill Street from south to north across it, and a one-way lane beside it.</summary>
internal static class TestTown
{
    /// <summary>The middle of the crossing; a step of latitude is 1.1 cm.</summary>
    private const int X = 769_000_000, Y = 432_400_000;

    public const string Table = """
        id,street_a,street_b,a_ru,a_kk,b_ru,b_kk,lat,lon,lanes_a,lanes_b,signal_status,source
        T-1,broad,mill,проспект Широкий,,улица Мельничная,,43.24,76.9,4 per direction (dual),5 total two-way,documented: a test,"invented, here"
        """;

    /// <summary>Both carriageways, 22 m apart, and the street across them.</summary>
    public static ImmutableArray<Road> Crossing =>
    [
        Road("1", "primary", "проспект Широкий", RoadDirection.Forward, (-400, -11), (0, -11), (400, -11)),
        Road("2", "primary", "проспект Широкий", RoadDirection.Backward, (-400, 11), (0, 11), (400, 11)),
        Road("3", "tertiary", "улица Мельничная", RoadDirection.Both, (0, -400), (0, -11), (0, 11), (0, 400)),
        Road("4", "residential", "переулок", RoadDirection.Both, (200, -11), (200, -200)),
    ];

    public static ImmutableArray<SiteJunction> Junctions => JunctionTable.Read(Encoding.UTF8.GetBytes(Table), "table");

    public static Road Road(string id, string kind, string name, RoadDirection direction, params (double East, double North)[] points) =>
        new(id, kind, name, direction, null, LaneTags.None, true, [.. points.Select(point => At(point.East, point.North))]);

    /// <summary>Metres from the middle of the crossing.</summary>
    public static GeoPoint At(double east, double north) =>
        new(X + (int)Math.Round(east / (0.011132 * Math.Cos(43.24 * Math.PI / 180))), Y + (int)Math.Round(north / 0.011132));

    public static PlainNetwork Built(IEnumerable<Road>? roads = null, ImmutableArray<BusLane>? buses = null) =>
        PlainNetworkBuilder.Build([.. roads ?? Crossing], Junctions, buses ?? [], 250);

    public static string GeoJson => string.Create(CultureInfo.InvariantCulture,
        $$"""{"type":"FeatureCollection","features":[{{string.Join(",\n", Crossing.Select(Feature))}}]}""");

    private static string Feature(Road road)
    {
        var line = string.Join(",", road.Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"[{point.LongitudeDegrees:0.0000000},{point.LatitudeDegrees:0.0000000}]")));
        var tags = $$"""{"osm_id":"{{road.Id}}","fclass":"{{road.Class}}","name":"{{road.Name}}","oneway":"{{"BFT"[(int)road.Direction]}}"}""";
        return $$"""{"type":"Feature","properties":{{tags}},"geometry":{"type":"LineString","coordinates":[{{line}}]} }""";
    }

    public static string OsmXml
    {
        get
        {
            var nodes = Crossing.SelectMany(road => road.Points).Distinct().ToList();
            var text = new StringBuilder("<osm version=\"0.6\">\n");
            for (var i = 0; i < nodes.Count; i++)
                text.Append(CultureInfo.InvariantCulture, $"""<node id="{i}" lon="{nodes[i].LongitudeDegrees:0.0000000}" lat="{nodes[i].LatitudeDegrees:0.0000000}"/>""").Append('\n');
            foreach (var road in Crossing)
                text.Append(CultureInfo.InvariantCulture, $"""<way id="{road.Id}">{string.Concat(road.Points.Select(point => $"<nd ref=\"{nodes.IndexOf(point)}\"/>"))}""")
                    .Append(CultureInfo.InvariantCulture, $"""<tag k="highway" v="{road.Class}"/><tag k="name" v="{road.Name}"/><tag k="oneway" v="{OneWay(road)}"/></way>""").Append('\n');
            return text.Append("</osm>\n").ToString();
        }
    }

    private static string OneWay(Road road) => road.Direction switch { RoadDirection.Forward => "yes", RoadDirection.Backward => "-1", _ => "no" };
}
