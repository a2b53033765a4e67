using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>What a server is told to do.</summary>
/// <param name="Log">Where to record, or what to go on with.</param>
/// <param name="LowestEpoch">The epoch of its plans is this at the least; 1 unless the log before was lost.</param>
public sealed record ServerOrder(SiteFile Site, MqttAddress Bus, string Log, long LowestEpoch = 1)
{
    /// <summary>Makes the connection to the broker.</summary>
    public MqttConnector Client { get; init; } = MosquittoLibrary.Client;

    /// <summary>Runs the actors.</summary>
    public MailboxHost Host { get; init; } = ChannelMailboxes.Run;

    /// <summary>Where its metrics go; null for nowhere.</summary>
    public MetricsTarget? Metrics { get; init; }
}
