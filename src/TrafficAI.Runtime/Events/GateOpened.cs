namespace TrafficAI.Runtime.Events;

/// <summary>A stop lane at the edge of a region holds its queue no longer.</summary>
/// <param name="Input">Revision of the input that led to it.</param>
/// <param name="Lane">Name of the stop lane.</param>
/// <param name="LoadPercent">Load of the region as seen from here.</param>
/// <param name="VehiclesPerHour">What the lane may let in, where the region is still too full.</param>
/// <param name="QueueMetres">Room that its standing vehicles take.</param>
/// <param name="Reason">In a few plain words.</param>
public sealed record GateOpened(long Second, long Input, string Lane, int LoadPercent, int VehiclesPerHour, int QueueMetres, string Reason);
