namespace TrafficAI.Simulation.Walking;

/// <summary>A straight piece of a walk.</summary>
/// <param name="Crossing">Index of the crossing's lane; −1 beside the road.</param>
/// <param name="Link">The link onto the crossing, whose light it obeys; −1 beside the road.</param>
/// <param name="Metres">Length.</param>
/// <param name="Forward">Along the crossing's own direction.</param>
internal readonly record struct Leg(int Crossing, int Link, double Metres, bool Forward);
