using TrafficAI.Network;
using TrafficAI.Signals;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Ports;

/// <summary>What a run on the built-in street needs.</summary>
/// <param name="Network">Read from the scenario's own network file.</param>
/// <param name="Demand">Read for the same window.</param>
/// <param name="Sensing">What the detectors give.</param>
/// <param name="Seed">Of all chance on the street; 0 or more.</param>
/// <param name="Begin">First street second.</param>
/// <param name="End">The street second at which the run ends; more than <paramref name="Begin"/>.</param>
/// <param name="TripInfo">Where the trip file goes when the run has ended; null for nowhere. The engine closes it.</param>
public sealed record BuiltinOptions(
    RoadNetwork Network, StreetDemand Demand, Sensing Sensing, int Seed, long Begin, long End, Stream? TripInfo = null);
