namespace TrafficAI.Metrics;

/// <summary>Where a store of version 2 keeps what is written.</summary>
/// <param name="Server">http or https, host and port.</param>
/// <param name="Org">The organisation.</param>
/// <param name="Name">The bucket.</param>
public sealed record MetricsBucket(Uri Server, string Org, string Name);
