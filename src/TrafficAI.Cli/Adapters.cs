using System.CommandLine;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>Which adapter a word or an address means; the named packages are in it only where they were built.</summary>
internal static class Adapters
{
    public const string Channels = "channels";
    public const string Akka = "akka";

    /// <summary>What makes connections to a broker.</summary>
    /// <exception cref="InputException">This build lacks it.</exception>
    public static MqttConnector MqttOf(MqttAddress address) => address.Library switch
    {
        MqttLibrary.Mosquitto => MosquittoLibrary.Client,
        MqttLibrary.MqttNet => NamedPackages.MqttNet ?? throw Missing("mqttnet:", "MQTTnet", "mosquitto:"),
        _ => NamedPackages.MqttNet ?? MosquittoLibrary.Client,
    };

    /// <summary>What runs the actors.</summary>
    /// <param name="name"><see cref="Channels"/> or <see cref="Akka"/>; null for Akka.NET where it is here.</param>
    /// <exception cref="InputException">This build lacks it.</exception>
    public static MailboxHost HostOf(string? name) => name switch
    {
        Channels => ChannelMailboxes.Run,
        Akka => NamedPackages.Akka ?? throw Missing("--actors akka", "Akka.NET", "--actors channels"),
        _ => NamedPackages.Akka ?? ChannelMailboxes.Run,
    };

    /// <summary>The option for it.</summary>
    /// <param name="otherwise">What happens without it, as the end of a sentence.</param>
    public static Option<string?> HostOption(string otherwise)
    {
        var option = new Option<string?>("--actors")
        {
            Description = $"What the actors run on: channels (of the base library) or akka (Akka.NET); decisions and logs are the same. Default: {otherwise}.",
        };
        option.AcceptOnlyFromAmong(Channels, Akka);
        return option;
    }

    private static InputException Missing(string asked, string package, string instead) => new(
        $"{asked} needs {package}, which this build lacks. Build where its package restores, with NamedPackages=true in the environment, or use {instead}.");
}
