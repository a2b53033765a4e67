namespace TrafficAI.Runtime.Events;

/// <summary>The intersection is controlled in another way: a step on the fallback ladder.</summary>
/// <param name="Input">Revision of the input that led to it.</param>
/// <param name="From">The rung before (<see cref="HealthNames"/>).</param>
/// <param name="To">The rung now.</param>
/// <param name="Reason">Why, in a few plain words.</param>
public sealed record ControlLevelChanged(long Second, long Input, string From, string To, string Reason);
