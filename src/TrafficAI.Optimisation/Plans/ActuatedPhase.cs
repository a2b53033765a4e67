namespace TrafficAI.Optimisation.Plans;

/// <summary>Settings of vehicle actuation for one phase.</summary>
/// <param name="MaximumSeconds">Longest green while another phase is called; at least 1.</param>
/// <param name="PassageSeconds">A gap ends the green when nobody will cross the stop line in so many seconds; more than 0.</param>
/// <param name="LeastPassageSeconds">The same at the longest green: the passage time falls evenly until then; at most <paramref name="PassageSeconds"/>.</param>
public sealed record ActuatedPhase(int MaximumSeconds, double PassageSeconds, double LeastPassageSeconds);
