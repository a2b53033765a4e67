namespace TrafficAI.Metrics;

/// <summary>Takes in what was measured, for a store of time series. No decision depends on it.</summary>
public interface IMetrics : IAsyncDisposable
{
    /// <summary>Hands over a point; it reaches the store some time later. Never waits and never fails: what cannot be kept is counted in
    /// <see cref="Counts"/>. May be called from several threads at once.</summary>
    void Write(MetricPoint point);

    /// <summary>What has become of the points so far.</summary>
    MetricsCounts Counts { get; }
}

/// <summary>What has become of points.</summary>
/// <param name="Sent">The store has taken them.</param>
/// <param name="Refused">The store refuses them; they are set apart.</param>
/// <param name="Dropped">They found no place, or were the oldest when there was none left.</param>
/// <param name="Waiting">They wait on the disk; a later run sends them.</param>
public readonly record struct MetricsCounts(long Sent, long Refused, long Dropped, long Waiting);
