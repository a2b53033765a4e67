namespace TrafficAI.Metrics;

/// <summary>Metrics cannot be written as asked. The message is one line: where, what, what next.</summary>
public sealed class MetricsException(string message) : Exception(message);
