namespace TrafficAI.Runtime.Events;

/// <summary>The hash over the digest before and every decision since, also over those that changed nothing.</summary>
/// <param name="Decisions">How many there were so far.</param>
/// <param name="Sha256">See <see cref="DecisionDigest"/>.</param>
public sealed record DecisionsDigested(long Second, long Decisions, string Sha256);
