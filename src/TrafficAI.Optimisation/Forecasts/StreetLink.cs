using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Forecasts;

/// <summary>How vehicles get from an exit lane of one signalised intersection to the next one, through unsignalised joints at most.</summary>
/// <param name="From">Index of the intersection that they leave, in the network.</param>
/// <param name="To">Index of the one that they reach.</param>
/// <param name="Exit">Position of the exit lane in those of the first intersection.</param>
/// <param name="Ends">The stop lanes of the second intersection that it leads to, rising.</param>
public sealed record StreetLink(int From, int To, int Exit, ImmutableArray<LinkEnd> Ends);

/// <summary>A stop lane at the end of a link.</summary>
/// <param name="StopLane">Its index in the intersection.</param>
/// <param name="IsSame">The exit lane itself ends there.</param>
/// <param name="LengthMetres">From the beginning of the exit lane to the stop line, by the shortest way.</param>
/// <param name="FreeSeconds">Time for that at the speed limits.</param>
public sealed record LinkEnd(int StopLane, bool IsSame, double LengthMetres, double FreeSeconds);
