namespace TrafficAI.FieldBus.Mqtt;

/// <summary>libmosquitto 2 (Eclipse, Debian's <c>libmosquitto1</c>), always built; Linux only.</summary>
public static class MosquittoLibrary
{
    /// <summary>Makes a connection by it.</summary>
    public static MqttConnector Client { get; } = end => new MosquittoClient(end);
}
