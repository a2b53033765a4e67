using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Runtime;
using TrafficAI.Server;

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

    /// <summary>What the site file names, where it has been read; else it is read at the start.</summary>
    public ServedSite? Read { get; init; }

    /// <summary>The part of the site that is served; null for all of it.</summary>
    public SitePart? Part { get; init; }

    /// <summary>Reaches the other parts; null where there are none.</summary>
    public Neighbourhood? Neighbourhood { get; init; }

    /// <summary>Where its metrics go; null for nowhere.</summary>
    public MetricsTarget? Metrics { get; init; }

    /// <summary>How its dashboard is served; null for not at all.</summary>
    public DashboardOptions? Dashboard { get; init; }
}
