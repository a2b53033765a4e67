using System.Collections.Immutable;

namespace TrafficAI.Server.Jobs;

/// <summary>What would have been: the recorded vehicles under another strategy.</summary>
/// <param name="From">Street second from which on the other strategy runs; null for the begin of the log.</param>
/// <param name="Strategy">The other strategy; null for the recorded one.</param>
/// <param name="Change">What else is different; null for nothing.</param>
public sealed record WhatIfAsk(long? From, string? Strategy, StreetDifference? Change = null);

/// <summary>What is different on the street.</summary>
/// <param name="Demand">Factor on the demand, 0.1 to 5; null for 1.</param>
/// <param name="ClosedLanes">Names of lanes that nobody may use; null for none.</param>
public sealed record StreetDifference(double? Demand, ImmutableArray<string>? ClosedLanes);

/// <summary>Works an ask out.</summary>
/// <param name="progress">Told how far it has come, 0 to 1.</param>
/// <returns>The figures, as <c>replay --what-if --json</c> writes them.</returns>
public delegate Task<System.Text.Json.JsonElement> WhatIfRunner(WhatIfAsk ask, Action<double> progress, CancellationToken stop);

/// <summary>The ask cannot be worked out. The message is one line for the user.</summary>
public sealed class WhatIfException(string message) : Exception(message);
