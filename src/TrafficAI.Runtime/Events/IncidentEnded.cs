namespace TrafficAI.Runtime.Events;

/// <summary>A stop lane that was blocked moves again, stands empty, or can no longer be judged.</summary>
/// <param name="Input">Revision of the input that told of it.</param>
/// <param name="Lane">Name of the stop lane.</param>
public sealed record IncidentEnded(long Second, long Input, string Lane);
