using System.Collections.Immutable;

namespace TrafficAI.Runtime.Events;

/// <summary>An approach at the edge of a region holds its queue no longer.</summary>
/// <param name="Input">Revision of the input that led to it.</param>
/// <param name="Lanes">Names of its stop lanes.</param>
/// <param name="LoadPercent">Load of the region as seen from here.</param>
/// <param name="VehiclesPerHour">What the approach may let in, where the region is still too full.</param>
/// <param name="QueueMetres">From the stop line to the end of the queue.</param>
/// <param name="Reason">In a few plain words.</param>
public sealed record GateOpened(long Second, long Input, ImmutableArray<string> Lanes, int LoadPercent, int VehiclesPerHour, int QueueMetres, string Reason);
