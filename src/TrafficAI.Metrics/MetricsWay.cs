namespace TrafficAI.Metrics;

/// <summary>How lines get to a store.</summary>
public enum MetricsWay
{
    /// <summary>By InfluxDB.Client where the build has it and the store is of version 2, else by our own HTTP.</summary>
    Either,

    /// <summary>By our own HTTP.</summary>
    Http,

    /// <summary>By InfluxDB.Client.</summary>
    Client,
}
