namespace TrafficAI.Simulation;

/// <summary>How a street is run.</summary>
/// <param name="Seed">Of all chance; equal seeds give equal runs.</param>
/// <param name="StepMilliseconds">1000, or 500.</param>
/// <param name="BeginSeconds">Street second at which the run begins; who departs earlier is left out.</param>
/// <param name="Workers">Who does the work of a step; null for the caller alone. The result is the same for any number.</param>
public sealed record StreetOptions(ulong Seed = 1, int StepMilliseconds = 1000, double BeginSeconds = 0, IWorkers? Workers = null);
