using TrafficAI.Runtime;
using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>The junction of <c>simulations/four-arm</c>.</summary>
internal static class FourArm
{
    private static readonly ReadOnlyMemory<byte> Network = Resource();

    public static Site Site { get; } = Site.Build(Network, "four-arm.net.xml", ControlClass.RPlus);

    /// <summary>With boards that count the last ten seconds.</summary>
    public static Site WithBoards { get; } = Site.Build(
        Network, "four-arm.net.xml", ControlClass.Site, SignalsFile.Read("""{"version":1,"profile":{"countdown":10,"flashingGreen":3}}"""u8.ToArray(), "signals.json"));

    public static IntersectionLayout LayoutOf(Site site) => LayoutBuilder.Build(site.Network, site.Network.Intersections[0], site.Signals[0], site.File.Of(site.Signals[0].Id), site.File.Start);

    private static ReadOnlyMemory<byte> Resource()
    {
        using var stream = typeof(FourArm).Assembly.GetManifestResourceStream("four-arm.net.xml")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
