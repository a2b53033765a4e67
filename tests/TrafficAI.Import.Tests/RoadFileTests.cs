using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using TrafficAI.Fuzz;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Tests;

/// <summary>The same roads from every form of file; what is damaged is refused in one line.</summary>
public sealed class RoadFileTests
{
    [Fact]
    public void Every_form_gives_the_same_roads()
    {
        foreach (var content in new[] { Bytes(TestTown.GeoJson), Bytes(TestTown.OsmXml), Packed(Bytes(TestTown.GeoJson)), Shapefile() })
        {
            var roads = RoadFile.Read(content, "roads");
            Assert.Equal(TestTown.Crossing.Select(Words), roads.Select(Words));
        }
    }

    [Fact]
    public void Tags_of_lanes_speed_and_height_are_read()
    {
        var xml = """
            <osm><node id="1" lon="76.9" lat="43.2"/><node id="2" lon="76.91" lat="43.2"/>
            <way id="7"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/><tag k="lanes" v="5"/><tag k="lanes:forward" v="3"/><tag k="maxspeed" v="40 km/h"/><tag k="bridge" v="yes"/></way></osm>
            """;
        var road = Assert.Single(RoadFile.Read(Bytes(xml), "roads"));
        Assert.Equal((5, 3, null, 40, false), (road.Lanes.Total, road.Lanes.Forward, road.Lanes.Backward, road.SpeedKilometresPerHour, road.IsAtGrade));
    }

    [Theory]
    [InlineData("", "neither GeoJSON nor OpenStreetMap XML nor a zipped shapefile")]
    [InlineData("{", "line 1 is not readable as JSON")]
    [InlineData("{}", "no array \"features\"")]
    [InlineData("""{"features":[{"properties":{"fclass":"primary"},"geometry":{"type":"LineString","coordinates":[[657880,4790020],[1,2]]}}]}""", "feature 1: a position is no longitude and latitude")]
    [InlineData("<gpx/>", "begins with <gpx>, not with <osm>")]
    [InlineData("<osm><node id='1' lon='x' lat='1'/></osm>", "line 1: a node has no lon and lat in degrees")]
    [InlineData("<osm><way/></osm>", "line 1: <way> has no id")]
    [InlineData("<osm>", "not readable as XML")]
    [InlineData("PK", "cannot be unpacked")]
    public void What_is_no_road_file_is_refused_in_one_line(string content, string complaint)
    {
        var refusal = Assert.Throws<ImportException>(() => RoadFile.Read(Bytes(content), "roads"));
        Assert.StartsWith("roads: ", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Damage_is_read_or_refused_and_nothing_else()
    {
        var chance = new Random(8);
        byte[][] goods = [Bytes(TestTown.GeoJson), Bytes(TestTown.OsmXml), Shapefile(), Bytes(TestTown.Table)];
        var refused = 0;
        for (var i = 0; i < 4000; i++)
        {
            var which = i % goods.Length;
            var damaged = Mutation.Bytes(goods[which], chance);
            try
            {
                if (which == 3) JunctionTable.Read(damaged, "table");
                else RoadFile.Read(damaged, "roads");
            }
            catch (ImportException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 500, 3900);
    }

    private static string Words(Road road) => $"{road.Id} {road.Class} {road.Name} {road.Direction} {string.Join(' ', road.Points)}";

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Shapefile()
    {
        using var packed = new MemoryStream();
        using (var archive = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, "town.shp", Shapes());
            Add(archive, "town.dbf", Rows());
        }

        return packed.ToArray();
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using var entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }

    private static byte[] Shapes()
    {
        using var file = new MemoryStream();
        file.Write(new byte[100]);
        foreach (var (road, index) in TestTown.Crossing.Select((road, index) => (road, index)))
        {
            var record = new byte[48 + 16 * road.Points.Length];
            BinaryPrimitives.WriteInt32LittleEndian(record, 3);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(36), 1);
            BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(40), road.Points.Length);
            for (var i = 0; i < road.Points.Length; i++)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(48 + 16 * i), road.Points[i].LongitudeDegrees);
                BinaryPrimitives.WriteDoubleLittleEndian(record.AsSpan(56 + 16 * i), road.Points[i].LatitudeDegrees);
            }

            var head = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(head, index + 1);
            BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), record.Length / 2);
            file.Write(head);
            file.Write(record);
        }

        var shapes = file.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(shapes, 9994);
        return shapes;
    }

    private static byte[] Rows()
    {
        (string Name, int Length)[] columns = [("osm_id", 4), ("fclass", 12), ("name", 60), ("oneway", 1)];
        var row = 1 + columns.Sum(column => column.Length);
        var head = new byte[32 + 32 * columns.Length + 1];
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), TestTown.Crossing.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), (ushort)head.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), (ushort)row);
        for (var i = 0; i < columns.Length; i++)
        {
            Encoding.ASCII.GetBytes(columns[i].Name).CopyTo(head, 32 + 32 * i);
            head[32 + 32 * i + 16] = (byte)columns[i].Length;
        }

        head[^1] = 0x0D;
        return [.. head, .. TestTown.Crossing.SelectMany(road => (byte[])[(byte)' ', .. Field(road.Id, 4), .. Field(road.Class, 12), .. Field(road.Name, 60), .. Field("BFT"[(int)road.Direction].ToString(), 1)])];
    }

    private static byte[] Field(string text, int length)
    {
        var field = new byte[length];
        Array.Fill(field, (byte)' ');
        Bytes(text).CopyTo(field, 0);
        return field;
    }
}
