namespace TrafficAI.Runtime.Events;

/// <summary>The hash over every decision so far, also over those that changed nothing.</summary>
/// <param name="Decisions">How many there were.</param>
/// <param name="Sha256">See <see cref="DecisionDigest"/>.</param>
public sealed record DecisionsDigested(long Second, long Decisions, string Sha256);
