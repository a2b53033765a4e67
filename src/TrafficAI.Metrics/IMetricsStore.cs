namespace TrafficAI.Metrics;

/// <summary>A way to a store of time series that takes InfluxDB's line protocol.</summary>
public interface IMetricsStore : IDisposable
{
    /// <summary>Sends lines, each with a time in whole seconds. A repeat is harmless.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; whether the store has taken the lines is not known.</exception>
    Task<StoreAnswer> SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel);
}

/// <summary>What a store said to a batch of lines.</summary>
/// <param name="Reason">Why it did not take them, in a few words; empty when it did.</param>
public readonly record struct StoreAnswer(StoreVerdict Verdict, string Reason = "");

/// <summary>Whether a store took a batch.</summary>
public enum StoreVerdict
{
    /// <summary>It has them.</summary>
    Taken,

    /// <summary>It will not take these lines, now or later.</summary>
    Refused,

    /// <summary>It may take them later: it does not answer, is busy, or does not let us in.</summary>
    Later,
}
