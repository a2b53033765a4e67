namespace TrafficAI.Signals;

/// <summary>What safety made of a wish for the coming second.</summary>
/// <param name="State">What will be shown.</param>
/// <param name="Bound">Which guard altered the wish, if any.</param>
public readonly record struct SignalStep(SignalState State, Guard Bound);
