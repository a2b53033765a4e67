namespace TrafficAI.Sumo;

/// <summary>One vehicle of a score.</summary>
/// <param name="ScheduledSeconds">The street second at which it was to enter.</param>
/// <param name="DelaySeconds">0 or more: lost time and wait to enter; for one that never entered, the time from its schedule to the end.</param>
public readonly record struct VehicleDelay(double ScheduledSeconds, double DelaySeconds);
