namespace TrafficAI.Optimisation.Metering;

/// <summary>A gate holds its queue from now on, or no longer.</summary>
/// <param name="Lane">Index of its stop lane.</param>
/// <param name="LoadPercent">Load of the region, as <see cref="RegionLoad.Percent"/>.</param>
/// <param name="VehiclesPerHour">What it may let in.</param>
/// <param name="QueueMetres">Room that its standing vehicles take.</param>
/// <param name="Reason">In a few plain words.</param>
public readonly record struct GateChange(int Lane, bool IsHeld, int LoadPercent, int VehiclesPerHour, int QueueMetres, string Reason);
