namespace TrafficAI.Optimisation.Forecasts;

/// <summary>A forecast on its way.</summary>
/// <param name="To">Index of the intersection, in the network, that it is for.</param>
public readonly record struct Telling(int To, Forecast Forecast);
