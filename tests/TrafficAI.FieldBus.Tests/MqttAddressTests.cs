using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.FieldBus.Tests;

public sealed class MqttAddressTests
{
    [Theory]
    [InlineData("mqtt://h/almaty", "mqtt://h:1883/almaty")]
    [InlineData("mqttnet://h/almaty", "mqttnet://h:1883/almaty")]
    [InlineData("mosquittos://h/almaty?ca=a.crt", "mosquittos://h:8883/almaty")]
    [InlineData("mqtts://u:p@h:99/almaty?ca=a.crt&cert=b.crt&key=b.key", "mqtts://h:99/almaty")]
    public void An_address_shows_no_secret(string text, string shown) => Assert.Equal(shown, MqttAddress.Parse(text).ToString());

    [Theory]
    [InlineData("http://h/almaty", "a bus is mqtt://")]
    [InlineData("mqtt://h", "name the city")]
    [InlineData("mqtts://h/almaty", "?ca=FILE")]
    [InlineData("mqtts://h/almaty?ca=a&password=b", "option 'password'")]
    public void A_bad_address_is_refused_in_one_line(string text, string part) =>
        Assert.Contains(part, Assert.Throws<FieldBusException>(() => MqttAddress.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("mqtt://h/almaty", MqttLibrary.Any)]
    [InlineData("mosquitto://h/almaty", MqttLibrary.Mosquitto)]
    [InlineData("mqttnets://h/almaty?ca=a.crt", MqttLibrary.MqttNet)]
    public void An_address_may_name_the_library(string text, MqttLibrary library) => Assert.Equal(library, MqttAddress.Parse(text).Library);
}
