namespace TrafficAI.Runtime.Events;

/// <summary>Estimation or the strategy threw; both were built anew. Recorded for the first decision of a row.</summary>
/// <param name="Input">Revision of the input that it failed on.</param>
/// <param name="Failure">What went wrong.</param>
/// <param name="Fallback">The strategy that decided instead.</param>
public sealed record StrategyFailed(long Second, long Input, string Failure, string Fallback);
