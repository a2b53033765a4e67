using System.IO.Compression;
using System.Text;
using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Fuzz;

/// <summary>Good inputs, to be damaged.</summary>
internal static class Good
{
    public static byte[] FourArm { get; } = Resource("four-arm.net.xml");

    public static byte[] TwoRoads { get; } = Resource("two-roads.net.xml");

    public static byte[] Signals { get; } = Resource("four-arm.signals.json");

    public static Site FourArmSite { get; } = Site.Build(FourArm, "four-arm.net.xml", ControlClass.Site, SignalsFile.Read(Signals, SignalsFile.FileName));

    public static RunHeader Header { get; } = new(
        "0", "four-arm", "sumo", "adaptive", ControlClass.Site, Sensing.Full, 1, 30, 1, 1, 1, "dead=10%", 0, 3600, "four-arm.net.xml");

    public static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Resource(string name)
    {
        using var stream = typeof(Good).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
