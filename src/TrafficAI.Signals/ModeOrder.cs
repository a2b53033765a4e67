namespace TrafficAI.Signals;

/// <summary>A person wants a controller to flash amber, or to show phases again.</summary>
/// <param name="IsOff">Flashing amber; else phases.</param>
/// <param name="Seconds">Flashing amber ends by itself after so many, 1 or more; null for never, and for phases.</param>
/// <param name="Reason">In the person's own words; never empty.</param>
public readonly record struct ModeOrder(bool IsOff, int? Seconds, string Reason);
