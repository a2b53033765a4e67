using System.Collections.Immutable;

namespace TrafficAI.Cli.WhatIf;

/// <summary>What is asked of a recorded run.</summary>
/// <param name="Strategy">The other strategy.</param>
/// <param name="From">Street second from which on figures are counted; null for the begin of the record.</param>
/// <param name="Seeds">Each draws who took which way, and drives both strategies.</param>
/// <param name="Change">What else is different for the other strategy.</param>
internal sealed record WhatIfOrder(string Log, string Strategy, long? From, ImmutableArray<int> Seeds, StreetChange Change);
