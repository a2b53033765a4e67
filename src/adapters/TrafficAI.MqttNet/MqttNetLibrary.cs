using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.MqttNet;

/// <summary>MQTTnet 5, the named package; runs wherever .NET does.</summary>
public static class MqttNetLibrary
{
    /// <summary>Makes a connection by it.</summary>
    public static MqttConnector Client { get; } = end => new MqttNetClient(end);
}
