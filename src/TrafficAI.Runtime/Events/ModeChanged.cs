namespace TrafficAI.Runtime.Events;

/// <summary>Somebody else runs the lamps now.</summary>
/// <param name="Mode">See <see cref="LampLetters"/>.</param>
public sealed record ModeChanged(long Second, string Mode);
