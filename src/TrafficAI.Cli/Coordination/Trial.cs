using System.Collections.Immutable;

namespace TrafficAI.Cli.Coordination;

/// <summary>Offsets that were driven in the simulator.</summary>
/// <param name="Name">What to call them.</param>
/// <param name="Offsets">One per junction, s; null for the scenario's own programmes.</param>
/// <param name="DelaysS">Mean delay of each seed, s per vehicle.</param>
/// <param name="ArrivalsOnGreen">Share of the vehicles on the inner links that come on green, 0 to 1; null for the scenario's own programmes,
/// or where nobody came.</param>
public sealed record Trial(string Name, ImmutableArray<int>? Offsets, ImmutableArray<double> DelaysS, double? ArrivalsOnGreen)
{
    public double MeanDelayS => DelaysS.Average();
}

/// <summary>Everything that was driven, on the same seeds.</summary>
/// <param name="AsItWas">The scenario's own programmes.</param>
/// <param name="Trials">The widest bands first, then each round of refinement.</param>
public sealed record Refinement(ImmutableArray<int> Seeds, Trial AsItWas, ImmutableArray<Trial> Trials)
{
    /// <summary>The trial with the least delay, among equals the first.</summary>
    public Trial Best => Trials.MinBy(t => t.MeanDelayS)!;
}
