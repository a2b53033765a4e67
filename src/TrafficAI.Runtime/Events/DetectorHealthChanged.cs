namespace TrafficAI.Runtime.Events;

/// <summary>A detector is believed no longer, or again.</summary>
/// <param name="Input">Revision of the input that told of it.</param>
/// <param name="Detector">Name of the loop, or <c>{lane}/sight</c> for the sensor of a stop lane.</param>
/// <param name="Condition">What it is now (<see cref="HealthNames"/>).</param>
/// <param name="Reason">Why, in a few plain words.</param>
public sealed record DetectorHealthChanged(long Second, long Input, string Detector, string Condition, string Reason);
