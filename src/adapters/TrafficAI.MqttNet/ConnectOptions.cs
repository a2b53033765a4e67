using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.MqttNet;

/// <summary>How MQTTnet is told to connect an end: MQTT 3.1.1 with a clean session, as libmosquitto does.</summary>
internal static class ConnectOptions
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public static MqttClientOptions Of(MqttEnd end)
    {
        var address = end.Address;
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(address.Host, address.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithCleanSession()
            .WithKeepAlivePeriod(KeepAlive);
        if (address.User is { } user) options.WithCredentials(user, address.Password);
        if (address.Authority is { } authority) options.WithTlsOptions(tls => Secure(tls, address, authority));
        if (end.Will is var (topic, payload))
            options.WithWillTopic(topic).WithWillPayload(payload).WithWillRetain().WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        return options.Build();
    }

    public static MqttClientSubscribeOptions Subscriptions(MqttEnd end)
    {
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (var (topic, qos) in end.Subscriptions) options.WithTopicFilter(topic, (MqttQualityOfServiceLevel)qos);
        return options.Build();
    }

    // The broker must show a certificate of the given authority for its host name; revocation is the broker's to check.
    private static void Secure(MqttClientTlsOptionsBuilder tls, MqttAddress address, string authority)
    {
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(authority);
        tls.UseTls().WithTargetHost(address.Host).WithRevocationMode(X509RevocationMode.NoCheck).WithTrustChain(trusted)
            .WithCertificateValidationHandler(broker => broker.SslPolicyErrors == SslPolicyErrors.None);
        if (address.Certificate is { } own) tls.WithClientCertificates([X509Certificate2.CreateFromPemFile(own, address.Key)]);
    }
}
