using System.Collections.Immutable;

namespace TrafficAI.Cli;

/// <summary>What a strategy came to besides the delay of vehicles, over the seeds on which both it and the reference know it.</summary>
/// <param name="Name">As in the JSON of a run, or a measure's id.</param>
/// <param name="Difference">To the reference, paired by seed.</param>
public sealed record SideFigure(string Name, double Mean, PairedDifference Difference)
{
    private static readonly ImmutableArray<(string Name, string Title, Func<RunSummary, double?> Of)> Trips =
    [
        ("stops_per_vehicle", "stops per vehicle", run => run.Travel.StopsPerVehicle),
        ("bus_delay_s", "bus delay, s", run => run.Travel.BusDelayS),
        ("walk_delay_s", "delay of a walk, s", run => run.Travel.WalkDelayS),
        ("co2_g_per_km", "CO2, g/km", run => run.Travel.Co2GPerKm),
    ];

    /// <summary>What people call a figure of the trip files.</summary>
    public static string Title(string name) => Trips.Single(figure => figure.Name == name).Title;

    /// <summary>Those of the trip files that are known.</summary>
    public static ImmutableArray<SideFigure> OfTrips(StrategyRuns row, StrategyRuns reference) =>
        [.. Trips.Select(figure => Find(figure.Name, figure.Of, row, reference)).OfType<SideFigure>()];

    /// <summary>The measures of the logs, where they were read, by their ids.</summary>
    public static ImmutableArray<SideFigure> OfLogs(StrategyRuns row, StrategyRuns reference) =>
        [.. row.Runs.SelectMany(run => run.Measures?.Keys ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(id => Find(id, run => run.Measures?.TryGetValue(id, out var value) == true ? value : null, row, reference)).OfType<SideFigure>()];

    private static SideFigure? Find(string name, Func<RunSummary, double?> of, StrategyRuns row, StrategyRuns reference)
    {
        var pairs = row.Runs.Select((run, i) => (Value: of(run), Other: of(reference.Runs[i]))).Where(pair => pair is { Value: not null, Other: not null }).ToArray();
        return pairs.Length == 0 ? null : new(name, pairs.Average(p => p.Value!.Value), PairedDifference.Of([.. pairs.Select(p => p.Value!.Value - p.Other!.Value)]));
    }
}
