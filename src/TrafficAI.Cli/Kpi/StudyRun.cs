using System.Collections.Immutable;
using TrafficAI.Measures;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Kpi;

/// <summary>Compares the logs of before with those of after.</summary>
public static class StudyRun
{
    /// <summary>A bin of which less is known is left out.</summary>
    private const double LeastCoverage = 0.8;

    private const long DaySeconds = 86_400;

    /// <summary>What is compared, in this order.</summary>
    private static readonly ImmutableArray<string> Compared =
    [
        MeasureIds.Volume, MeasureIds.ApproachDelay, MeasureIds.StandingDelay, MeasureIds.ArrivalsOnGreen, MeasureIds.PlatoonRatio, MeasureIds.SplitFailureRate, MeasureIds.GreenUtilisation,
        MeasureIds.QueueMean, MeasureIds.QueueLongest, MeasureIds.Spillback, MeasureIds.BlockedJunction, MeasureIds.WaitMean, MeasureIds.WaitLongest, MeasureIds.PedestrianWait,
        MeasureIds.BusDelay, MeasureIds.Speed, MeasureIds.Connected,
    ];

    /// <param name="intersection">The only one; null for the whole site.</param>
    /// <exception cref="InputException">A log cannot be measured, or the logs are of different sites.</exception>
    public static async Task<Study> RunAsync(
        ImmutableArray<string> before, ImmutableArray<string> after, long? from, long? to, string? intersection, int binSeconds, CancellationToken stop)
    {
        var first = await ReadAsync(before, from, to, intersection, binSeconds, stop);
        var second = await ReadAsync(after, from, to, intersection, binSeconds, stop);
        foreach (var log in first.Concat(second)) Check(first[0], log);
        var measures = Compared.Select(id => StudyMeasure.Of(id, Values(first, id, binSeconds), Values(second, id, binSeconds))).Where(m => m.Before is not null || m.After is not null);
        return new(Study.SchemaName, RunHeader.ThisBuild, [.. first.Select(l => l.Shown)], [.. second.Select(l => l.Shown)], binSeconds, intersection, [.. measures]);
    }

    private static async Task<List<MeasuredLog>> ReadAsync(ImmutableArray<string> uris, long? from, long? to, string? intersection, int binSeconds, CancellationToken stop)
    {
        var logs = new List<MeasuredLog>();
        foreach (var uri in uris) logs.Add(await MeasuredLog.ReadAsync(uri, from, to, intersection, binSeconds, stop));
        return logs;
    }

    private static void Check(MeasuredLog first, MeasuredLog other)
    {
        if (!first.Site.Intersections.Select(i => i.Id).SequenceEqual(other.Site.Intersections.Select(i => i.Id)))
            throw new InputException($"{other.Shown}: it has other intersections than {first.Shown}. Give logs of one site, or name one intersection that all have.");
    }

    /// <summary>Whole bins that are known well enough, by the second of the day.</summary>
    private static IEnumerable<(long At, double Value)> Values(IEnumerable<MeasuredLog> logs, string id, int binSeconds)
    {
        foreach (var bin in logs.SelectMany(log => log.Site.Bins))
        {
            if (bin.To - bin.From < LeastCoverage * binSeconds) continue;
            foreach (var value in bin.Values)
                if (value.Id == id && value.Value is { } number && value.Coverage >= LeastCoverage) yield return (bin.From % DaySeconds, number);
        }
    }
}
