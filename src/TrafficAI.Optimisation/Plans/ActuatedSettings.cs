using System.Collections.Immutable;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Computes the settings of vehicle actuation from counts.</summary>
/// <remarks>Longest greens are the greens of the fixed plan and a half, as the Signal Timing Manual (FHWA-HOP-08-024), chapter 5, advises (1.25 to 1.5).</remarks>
public static class ActuatedSettings
{
    private const double MaximumFactor = 1.5;
    private const int ShortestMaximumSeconds = 10;
    private const double PassageSeconds = 3;
    private const double LeastPassageSeconds = 2;

    /// <summary>Per step of the fixed plan for the same counts.</summary>
    public static ImmutableArray<ActuatedPhase> Of(WebsterPlan plan) => [.. plan.Greens.Select(Of)];

    private static ActuatedPhase Of(int green) =>
        new(Math.Max(ShortestMaximumSeconds, (int)Math.Ceiling(green * MaximumFactor)), PassageSeconds, LeastPassageSeconds);
}
