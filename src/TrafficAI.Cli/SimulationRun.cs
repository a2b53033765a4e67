using System.Collections.Immutable;
using TrafficAI.Cli.Report;
using TrafficAI.Sumo;

namespace TrafficAI.Cli;

/// <summary>One run with what a comparison needs of it besides its figures.</summary>
/// <param name="Vehicles">Every vehicle scheduled in the window, by rising delay.</param>
/// <param name="Greens">What a corridor showed; null if none was asked for, or the network has none.</param>
public sealed record SimulationRun(RunSummary Summary, ImmutableArray<VehicleDelay> Vehicles, CorridorGreens? Greens);
