using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>A phase of vehicle actuation with its settings.</summary>
/// <param name="MaximumSeconds">Longest green while another phase is called; at least 1.</param>
/// <param name="PassageSeconds">A gap ends the green when nobody will cross the stop line in so many seconds; more than 0.</param>
/// <param name="LeastPassageSeconds">The same at the longest green: the passage time falls evenly until then; at most <paramref name="PassageSeconds"/>.</param>
public sealed record ActuatedPhase(PhaseId Phase, int MaximumSeconds, double PassageSeconds, double LeastPassageSeconds);
