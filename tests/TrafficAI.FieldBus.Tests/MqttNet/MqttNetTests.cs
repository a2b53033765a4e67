using TrafficAI.MqttNet;

namespace TrafficAI.FieldBus.Tests.MqttNet;

public sealed class MqttNetBusTests() : MqttBusContract(MqttNetLibrary.Client);

public sealed class MqttNetSecureBusTests() : SecureBusContract(MqttNetLibrary.Client);
