using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>The adapters of named packages that this build has; null for those that it lacks.</summary>
internal static class NamedPackages
{
#if AKKA
    public static MailboxHost? Akka => TrafficAI.Akka.AkkaMailboxes.Run;
#else
    public static MailboxHost? Akka => null;
#endif

#if MQTTNET
    public static MqttConnector? MqttNet => TrafficAI.MqttNet.MqttNetLibrary.Client;
#else
    public static MqttConnector? MqttNet => null;
#endif
}
