using TrafficAI.EventLog;
using TrafficAI.FieldBus.Mqtt;
using TrafficAI.Metrics;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>The adapters of named packages that this build has; null for those that it lacks.</summary>
public static class NamedPackages
{
#if AKKA
    public static MailboxHost? Akka => TrafficAI.Akka.AkkaMailboxes.Run;

    public static NodeHost? AkkaNodes => TrafficAI.Akka.AkkaNodes.Run;
#else
    public static MailboxHost? Akka => null;

    public static NodeHost? AkkaNodes => null;
#endif

#if EVENTSTOREDB
    public static LogOpener? OpenEventStore => TrafficAI.EventStoreDB.EventStoreLog.OpenAsync;

    public static LogDeleter? DeleteEventStore => TrafficAI.EventStoreDB.EventStoreLog.DeleteAsync;
#else
    public static LogOpener? OpenEventStore => null;

    public static LogDeleter? DeleteEventStore => null;
#endif

#if INFLUXDB
    public static Func<MetricsAddress, IMetricsStore>? Influx => address => new TrafficAI.InfluxDB.InfluxStore(address);
#else
    public static Func<MetricsAddress, IMetricsStore>? Influx => null;
#endif

#if MQTTNET
    public static MqttConnector? MqttNet => TrafficAI.MqttNet.MqttNetLibrary.Client;
#else
    public static MqttConnector? MqttNet => null;
#endif
}

/// <summary>Opens a log by its URI.</summary>
public delegate Task<IEventLog> LogOpener(string uri, EventLogMode mode, CancellationToken cancel);

/// <summary>Deletes a log by its URI.</summary>
public delegate Task LogDeleter(string uri, CancellationToken cancel);
