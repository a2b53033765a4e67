namespace TrafficAI.Optimisation;

/// <summary>How decisions of a run are made; recorded with the run.</summary>
/// <param name="Strategy">Name of the strategy.</param>
/// <param name="LatencySeconds">A plan made on frame t acts from t + this; 0 or more.</param>
/// <param name="LeaseSeconds">A controller obeys a plan for so long; more than the latency.</param>
/// <param name="Epoch">Number of this start of the server.</param>
public sealed record DecisionOptions(string Strategy, int LatencySeconds, int LeaseSeconds = 30, long Epoch = 1);
