using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Plans;

/// <summary>Computes the settings of vehicle actuation from counts.</summary>
/// <remarks>The phases of the fixed plan in the order of the programme, so that a protected turn comes after the green in which it may use gaps, and is left out when those
/// were enough. The longest green is that of the plan and a half, as the Signal Timing Manual (FHWA-HOP-08-024), chapter 5, advises (1.25 to 1.5), and never
/// short: a gap ends a green that nobody uses. The passage time falls from 3 s to 1 s meanwhile (gap reduction, same chapter). Where detectors lie and how fast people drive is
/// in the picture: it says when who has been seen will cross the stop line.</remarks>
public static class ActuatedSettings
{
    private const double MaximumFactor = 1.5;
    private const int ShortestMaximumSeconds = 40;
    private const double PassageSeconds = 3;
    private const double LeastPassageSeconds = 1;

    /// <summary>Per phase of the fixed plan for the same counts, by their numbers.</summary>
    public static ImmutableArray<ActuatedPhase> Of(WebsterPlan plan) =>
        [.. plan.Problem.Order.Zip(plan.Greens, Of).OrderBy(phase => phase.Phase.Number)];

    private static ActuatedPhase Of(PhaseId phase, int green) =>
        new(phase, Math.Max(ShortestMaximumSeconds, (int)Math.Ceiling(green * MaximumFactor)), PassageSeconds, LeastPassageSeconds);
}
