using System.CommandLine;
using System.Text.RegularExpressions;
using TrafficAI.EventLog;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Metrics;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>Which adapter a word or an address means; the named packages are in it only where they were built.</summary>
public static partial class Adapters
{
    public const string Channels = "channels";
    public const string Akka = "akka";

    /// <summary>Opens a log: <c>memory:</c>, <c>sqlite:PATH</c>, a path, or <c>esdb://</c>.</summary>
    /// <exception cref="EventLogException">The log cannot be opened so; one line says why and what to do.</exception>
    /// <exception cref="InputException">This build lacks what it needs.</exception>
    public static async Task<IEventLog> OpenLogAsync(string uri, EventLogMode mode, CancellationToken stop, Durability durability = Durability.OnWrite) => IsEventStore(uri)
        ? await (NamedPackages.OpenEventStore ?? throw Missing("esdb:", "EventStore.Client.Grpc.Streams", "sqlite:"))(uri, mode, stop)
        : EventLogUri.Open(uri, mode, durability);

    /// <summary>The URI of a log without user and password, to be shown.</summary>
    public static string Shown(string uri) => IsEventStore(uri) ? UserOf().Replace(uri, "://", 1) : uri;

    /// <summary>Deletes a log, which nobody may have open.</summary>
    public static async Task DeleteLogAsync(string uri)
    {
        if (!IsEventStore(uri)) EventLogUri.Delete(uri);
        else if (NamedPackages.DeleteEventStore is { } delete) await delete(uri, CancellationToken.None);
    }

    /// <summary>What makes connections to a broker.</summary>
    /// <exception cref="InputException">This build lacks it.</exception>
    public static MqttConnector MqttOf(MqttAddress address) => address.Library switch
    {
        MqttLibrary.Mosquitto => MosquittoLibrary.Client,
        MqttLibrary.MqttNet => NamedPackages.MqttNet ?? throw Missing("mqttnet:", "MQTTnet", "mosquitto:"),
        _ => NamedPackages.MqttNet ?? MosquittoLibrary.Client,
    };

    /// <summary>The way to a store of metrics.</summary>
    /// <exception cref="InputException">This build lacks it.</exception>
    public static IMetricsStore StoreAt(MetricsAddress address) => address switch
    {
        { Way: MetricsWay.Client } => (NamedPackages.Influx ?? throw Missing("via=client", "InfluxDB.Client", "via=http"))(address),
        { Way: MetricsWay.Either, Bucket: not null } when NamedPackages.Influx is { } make => make(address),
        _ => new HttpStore(address),
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

    /// <summary>What shares a site among nodes.</summary>
    /// <exception cref="InputException">This build lacks it.</exception>
    public static NodeHost NodesOf() => NamedPackages.AkkaNodes ?? throw Missing("--node", "Akka.NET with cluster sharding", "one server");

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

    private static bool IsEventStore(string uri) =>
        uri.StartsWith("esdb://", StringComparison.OrdinalIgnoreCase) || uri.StartsWith("esdb+discover://", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex("://[^/?]*@")]
    private static partial Regex UserOf();

    private static InputException Missing(string asked, string package, string instead) => new(
        $"{asked} needs {package}, which this build lacks. Build where its package restores, with NamedPackages=true in the environment (docs/adapters.md), or use {instead}.");
}
