namespace TrafficAI.Simulation.Walking;

/// <summary>A straight piece of a walk.</summary>
/// <param name="Crossing">Index of the crossing's lane; −1 beside the road.</param>
/// <param name="Link">The link onto the crossing, whose light it obeys; −1 beside the road.</param>
/// <param name="Metres">Length.</param>
/// <param name="Forward">Along the crossing's own direction.</param>
/// <param name="Other">So many legs later another way over the junction begins, to be chosen instead of the one that begins here; 0 without.</param>
/// <param name="Skip">So many legs of another way come after this one and are not walked.</param>
internal readonly record struct Leg(int Crossing, int Link, double Metres, bool Forward, int Other = 0, int Skip = 0);
