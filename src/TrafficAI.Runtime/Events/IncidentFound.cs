namespace TrafficAI.Runtime.Events;

/// <summary>Something blocks a stop lane: its demand is left out of plans, but for a probe now and then.</summary>
/// <param name="Input">Revision of the input that told of it.</param>
/// <param name="Lane">Name of the stop lane.</param>
/// <param name="Reason">What was seen, in a few plain words.</param>
public sealed record IncidentFound(long Second, long Input, string Lane, string Reason);
