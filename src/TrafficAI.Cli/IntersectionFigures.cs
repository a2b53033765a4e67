using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Runtime;

namespace TrafficAI.Cli;

/// <summary>What one intersection came to in one run.</summary>
/// <param name="Seconds">Street seconds whose lamps a frame reported.</param>
/// <param name="MeanQueue">Standing vehicles before all its stop lines, as the optimiser estimates them, mean over its decisions; null without any.</param>
/// <param name="LargestQueue">The most of them at any time.</param>
/// <param name="PhaseChangesPerHour">Null when no frame came.</param>
/// <param name="InterphaseShare">Share of <paramref name="Seconds"/> spent passing from phase to phase, 0 to 1; null when no frame came.</param>
public sealed record IntersectionFigures(
    string Id, long Seconds, double? MeanQueue, double? LargestQueue, long PhaseChanges, double? PhaseChangesPerHour, double? InterphaseShare)
{
    public static IntersectionFigures Of(IntersectionId id, IntersectionTally tally) => new(
        id.Value, tally.Seconds, tally.MeanQueue, tally.LargestQueue, tally.PhaseChanges, PerSecond(tally, tally.PhaseChanges) * 3600,
        PerSecond(tally, tally.InterphaseSeconds));

    private static double? PerSecond(IntersectionTally tally, long count) => tally.Seconds == 0 ? null : (double)count / tally.Seconds;
}

/// <summary>One intersection over the seeds of a strategy, or the difference of two such.</summary>
/// <param name="MeanQueue">Vehicles; mean over the seeds that have one, null if none has.</param>
/// <param name="LargestQueue">Vehicles; the most of any seed.</param>
/// <param name="PhaseChangesPerHour">Mean over the seeds.</param>
/// <param name="InterphaseShare">0 to 1, mean over the seeds.</param>
public sealed record IntersectionOverSeeds(string Id, double? MeanQueue, double? LargestQueue, double? PhaseChangesPerHour, double? InterphaseShare)
{
    /// <param name="runs">Each with the same intersections.</param>
    public static ImmutableArray<IntersectionOverSeeds> Of(ImmutableArray<RunSummary> runs) =>
        [.. runs[0].Intersections.Select((first, i) => Of(first.Id, [.. runs.Select(run => run.Intersections[i])]))];

    public IntersectionOverSeeds Minus(IntersectionOverSeeds other) => new(
        Id, MeanQueue - other.MeanQueue, LargestQueue - other.LargestQueue, PhaseChangesPerHour - other.PhaseChangesPerHour,
        InterphaseShare - other.InterphaseShare);

    private static IntersectionOverSeeds Of(string id, ImmutableArray<IntersectionFigures> runs) => new(
        id, runs.Average(r => r.MeanQueue), runs.Max(r => r.LargestQueue), runs.Average(r => r.PhaseChangesPerHour), runs.Average(r => r.InterphaseShare));
}
