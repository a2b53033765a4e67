using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.Cli.Field;

/// <summary>What a server is told to do.</summary>
/// <param name="Log">Where to record, or what to go on with.</param>
/// <param name="LowestEpoch">The epoch of its plans is this at the least; 1 unless the log before was lost.</param>
public sealed record ServerOrder(SiteFile Site, MqttAddress Bus, string Log, long LowestEpoch = 1);
