using System.Globalization;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>Where a broker is, and how to get in: <c>mqtt://[user:password@]host[:port]/city</c> or
/// <c>mqtts://host[:port]/city?ca=FILE&amp;cert=FILE&amp;key=FILE</c>; with <c>mosquitto</c> or <c>mqttnet</c> in the place of <c>mqtt</c> to name the library.</summary>
/// <param name="City">As in the topics.</param>
/// <param name="Authority">File of the certificate authority; null without TLS.</param>
/// <param name="Certificate">File of the client's own certificate; null for none.</param>
/// <param name="Key">File of its key; null for none.</param>
public sealed record MqttAddress(string Host, int Port, string City, string? User, string? Password, string? Authority, string? Certificate, string? Key)
{
    /// <summary>By which library to go there.</summary>
    public MqttLibrary Library { get; init; }

    private string Scheme => (Library, Authority) switch
    {
        (MqttLibrary.Mosquitto, null) => "mosquitto",
        (MqttLibrary.Mosquitto, _) => "mosquittos",
        (MqttLibrary.MqttNet, null) => "mqttnet",
        (MqttLibrary.MqttNet, _) => "mqttnets",
        (_, null) => "mqtt",
        _ => "mqtts",
    };

    /// <summary>One that shows no password.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{Port}/{City}");

    /// <exception cref="FieldBusException">It is no such address.</exception>
    public static MqttAddress Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || Read(uri.Scheme) is not var (library, secure) || uri.Host.Length == 0)
            throw new FieldBusException("a bus is mqtt://host[:port]/city or mqtts://host[:port]/city?ca=FILE&cert=FILE&key=FILE");
        var city = uri.AbsolutePath.Trim('/');
        if (city.Length == 0 || !EncodedId.TryRead(city, out _))
            throw new FieldBusException($"bus {uri.Scheme}://{uri.Host}: name the city of the topics as its path, such as {uri.Scheme}://{uri.Host}/almaty");
        var options = Options(uri.Query);
        if (secure && !options.ContainsKey("ca")) throw new FieldBusException($"bus {uri.Scheme}://{uri.Host}: name the file of the certificate authority as ?ca=FILE");
        var user = uri.UserInfo.Split(':', 2);
        return new(
            uri.Host, uri.Port > 0 ? uri.Port : secure ? 8883 : 1883, city, user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null, options.GetValueOrDefault("ca"), options.GetValueOrDefault("cert"), options.GetValueOrDefault("key"))
        {
            Library = library,
        };
    }

    private static (MqttLibrary Library, bool IsSecure)? Read(string scheme) => scheme switch
    {
        "mqtt" => (MqttLibrary.Any, false),
        "mqtts" => (MqttLibrary.Any, true),
        "mosquitto" => (MqttLibrary.Mosquitto, false),
        "mosquittos" => (MqttLibrary.Mosquitto, true),
        "mqttnet" => (MqttLibrary.MqttNet, false),
        "mqttnets" => (MqttLibrary.MqttNet, true),
        _ => null,
    };

    private static Dictionary<string, string> Options(string query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [("ca" or "cert" or "key") and var name, var value])
                throw new FieldBusException($"the bus has an option '{pair.Split('=')[0]}'; it may have ca, cert and key");
            options[name] = Uri.UnescapeDataString(value);
        }

        return options;
    }
}

/// <summary>What a connection is made by.</summary>
public enum MqttLibrary
{
    /// <summary>MQTTnet where the build has it, else libmosquitto.</summary>
    Any,

    /// <summary>libmosquitto.</summary>
    Mosquitto,

    /// <summary>MQTTnet.</summary>
    MqttNet,
}

/// <summary>A bus that cannot be used. The message is one line.</summary>
public sealed class FieldBusException(string message) : Exception(message);
