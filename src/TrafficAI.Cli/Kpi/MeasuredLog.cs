using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli.Kpi;

/// <summary>A log with what is measured of it.</summary>
/// <param name="Shown">Its address, without secrets.</param>
public sealed record MeasuredLog(string Shown, SiteRecord Record, LogMeasures Measures, SiteMeasures Site)
{
    private const int MostNamed = 5;

    public MeasureOrigin Origin(int binSeconds) => new(Record.Header.Build, Record.Header.Scenario, binSeconds);

    /// <param name="from">First street second; null for where the log begins.</param>
    /// <param name="to">The street second after the last; null for where it ends.</param>
    /// <param name="only">The intersection; null for all.</param>
    /// <exception cref="InputException">The window is empty, or there is no such intersection.</exception>
    public static async Task<MeasuredLog> ReadAsync(string uri, long? from, long? to, string? only, int binSeconds, CancellationToken stop)
    {
        await using var log = await Adapters.OpenLogAsync(uri, EventLogMode.OpenExisting, stop);
        var record = await SiteRecord.ReadAsync(log, stop);
        var site = record.Build();
        if (only is not null) Find(site, only);
        var begin = from ?? record.Header.Begin;
        var end = to ?? await EndAsync(log, site, record.Header.End, stop);
        if (end <= begin) throw new InputException($"--from {StreetTime.Format(begin)} --to {StreetTime.Format(end)}: nothing lies between them. Name a window within the log.");
        var measures = new LogMeasures(site, new(begin, end, binSeconds), only is null ? null : [new IntersectionId(only)]);
        await measures.ReadAsync(log, stop);
        return new(Adapters.Shown(uri), record, measures, measures.Measure(begin, end));
    }

    /// <summary>The street second of the newest frame: what lies before it is known.</summary>
    private static async Task<long> EndAsync(IEventLog log, Site site, long otherwise, CancellationToken stop)
    {
        long? newest = null;
        foreach (var intersection in site.Network.Intersections)
        {
            var last = await RecordedInputs.LastFrameAsync(log, intersection.Id, stop);
            newest = last is { } second ? Math.Max(newest ?? second, second) : newest;
        }

        return newest ?? otherwise;
    }

    private static void Find(Site site, string only)
    {
        if (site.Network.Find(new(only)) is not null) return;
        var near = NearestNames.Of(only, [.. site.Network.Intersections.Select(i => i.Id.Value)], MostNamed);
        throw new InputException($"--intersection: the log has no '{only}'. The nearest are {string.Join(", ", near.Select(name => $"'{name}'"))}.");
    }
}
