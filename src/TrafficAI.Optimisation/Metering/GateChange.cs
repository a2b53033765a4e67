using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Metering;

/// <summary>A gate holds its queue from now on, or no longer.</summary>
/// <param name="Lanes">Indices of its stop lanes.</param>
/// <param name="LoadPercent">Load of the region, as <see cref="RegionLoad.Percent"/>.</param>
/// <param name="VehiclesPerHour">What it may let in.</param>
/// <param name="QueueMetres">From the stop line to the end of its queue.</param>
/// <param name="Reason">In a few plain words.</param>
public readonly record struct GateChange(ImmutableArray<int> Lanes, bool IsHeld, int LoadPercent, int VehiclesPerHour, int QueueMetres, string Reason);
