using System.IO.Compression;
using System.Text;

namespace TrafficAI.Network.Tests;

/// <summary>The small networks beside the tests, and words to look into what was read from them.</summary>
internal static class Fixture
{
    public const string TwoRoads = "two-roads.net.xml";

    public static byte[] Bytes(string name)
    {
        using var stream = typeof(Fixture).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    public static RoadNetwork Read(string name) => NetworkReader.Read(Bytes(name), name);

    /// <summary>Reads the network of two roads after one edit of its text, which must occur in it.</summary>
    public static RoadNetwork ReadEdited(string old, string @new) =>
        NetworkReader.Read(Encoding.UTF8.GetBytes(Edit(old, @new)), TwoRoads);

    public static string Edit(string old, string @new)
    {
        var text = Text(TwoRoads);
        Assert.Contains(old, text, StringComparison.Ordinal);
        return text.Replace(old, @new, StringComparison.Ordinal);
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public static Lane Lane(this RoadNetwork network, string id) => network.Lanes.Single(lane => lane.Id.Value == id);

    public static Connection Way(this RoadNetwork network, string from, string to) =>
        network.Connections.Single(way => network.Lanes[way.FromLane].Id.Value == from && network.Lanes[way.ToLane].Id.Value == to);

    public static string[] LaneIds(this RoadNetwork network, IEnumerable<int> lanes) => [.. lanes.Select(lane => network.Lanes[lane].Id.Value)];
}
