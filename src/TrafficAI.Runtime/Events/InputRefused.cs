namespace TrafficAI.Runtime.Events;

/// <summary>An input was not believed: damaged, overtaken or repeated.</summary>
/// <param name="Input">Its revision.</param>
/// <param name="Reason">What is wrong with it, in a few words.</param>
public sealed record InputRefused(long Second, long Input, string Reason);
