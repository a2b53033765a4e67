using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Measures.EventLists;
using TrafficAI.Network;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Measuring;

namespace TrafficAI.Cli.Kpi;

/// <summary>High-resolution event lists as files: FILE with the events, and beside it FILE.channels.csv, which says what the detector channels are.</summary>
public static class EventListFile
{
    private const string ChannelsSuffix = ".channels.csv";
    private const long DayMilliseconds = 86_400_000;

    /// <summary>Writes the events of a log within [from, to).</summary>
    /// <param name="only">The intersection; null for all.</param>
    /// <returns>Events written.</returns>
    public static async Task<long> ExportAsync(IEventLog log, Site site, long from, long to, string? only, string path, CancellationToken stop)
    {
        long written = 0;
        await using var events = new StreamWriter(path, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        await using var channels = new StreamWriter(path + ChannelsSuffix, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        await events.WriteLineAsync(EventListReader.Header);
        await channels.WriteLineAsync(ChannelListReader.Header);
        foreach (var intersection in site.Network.Intersections.Where(i => only is null || i.Id.Value == only))
        {
            var layout = LayoutBuilder.Build(site.Network, intersection, site.Signals[intersection.Index], site.File.Of(intersection.Id), site.File.Start);
            if (layout.Id.Value.Contains(',', StringComparison.Ordinal)) throw new InputException($"--events: the name '{layout.Id}' has a comma, which an event list cannot hold. Choose others with --intersection.");
            var lister = new EventLister(layout);
            await foreach (var e in log.ReadAsync(StreamNames.Intersection(layout.Id), 0, stop))
                if (FactReader.FactOf(e) is { } fact) lister.Take(fact);
            await foreach (var e in log.ReadAsync(StreamNames.Inputs(layout.Id), 0, stop)) Take(e, layout.Id, lister);
            foreach (var e in lister.Events.Where(e => InWindow(e, layout.StartMilliseconds, from, to)))
            {
                await events.WriteLineAsync(EventListReader.Write(e));
                written++;
            }

            foreach (var line in lister.Channels.SelectMany(ChannelListReader.Write)) await channels.WriteLineAsync(line);
        }

        return written;
    }

    /// <summary>Measures a list.</summary>
    /// <param name="from">First second since 00:00 UTC of the day of the first event; null for that event.</param>
    /// <param name="to">The second after the last; null for the last event.</param>
    /// <exception cref="InputException">A line cannot be read; it is named.</exception>
    public static async Task<SiteMeasures> MeasureAsync(string path, long? from, long? to, string? only, int binSeconds, CancellationToken stop)
    {
        var events = await ReadAsync<HighResolutionEvent>(path, EventListReader.IsHeader, static (string line, out HighResolutionEvent read, out string error) => EventListReader.TryRead(line, out read, out error), stop);
        events = [.. events.Where(e => only is null || e.Device == only)];
        if (events.Length == 0) throw new InputException($"{path}: it holds no event{(only is null ? "" : $" of '{only}'")}. Give a list of high-resolution events: {EventListReader.Header}.");
        var (first, last) = (events.Min(e => e.Milliseconds), events.Max(e => e.Milliseconds));
        var start = new Instant(first - first % DayMilliseconds);
        var begin = from ?? (first - start.Milliseconds) / 1000;
        var end = to ?? (last - start.Milliseconds) / 1000 + 1;
        if (end <= begin) throw new InputException($"--from {StreetTime.Format(begin)} --to {StreetTime.Format(end)}: nothing lies between them. Name a window within the list.");
        var channels = File.Exists(path + ChannelsSuffix)
            ? await ReadAsync<EventChannel>(path + ChannelsSuffix, ChannelListReader.IsHeader, static (string line, out EventChannel read, out string error) => ChannelListReader.TryRead(line, out read!, out error), stop)
            : [];
        return SiteReport.Of(ListedIntersection.Measure(events, Joined(channels), start, new(begin, end, binSeconds)), begin, end);
    }

    private static bool InWindow(in HighResolutionEvent e, long start, long from, long to) => (e.Milliseconds - start) / 1000.0 >= from && (e.Milliseconds - start) / 1000.0 < to;

    private static void Take(RecordedEvent e, IntersectionId id, EventLister lister)
    {
        if (e.Type == StreamDigested.EventType) return;
        var input = InputCodec.Decode(id, e.Type, e.Payload);
        if (input is IntersectionInput.FrameCame came) lister.Take(came.Frame);
        else if (FactReader.FactOf(input) is { } fact) lister.Take(fact);
    }

    /// <summary>The lines of one channel for several phases are one channel.</summary>
    private static ImmutableArray<EventChannel> Joined(ImmutableArray<EventChannel> lines) =>
    [
        .. lines.GroupBy(c => (c.Device, c.Channel, c.Function, c.Lane)).Select(of => of.First() with { Phases = [.. of.SelectMany(c => c.Phases).Distinct().Order()] }),
    ];

    private static async Task<ImmutableArray<T>> ReadAsync<T>(string path, Func<string, bool> isHeader, TryRead<T> read, CancellationToken stop)
    {
        if (!File.Exists(path)) throw new InputException($"{path}: there is no such file. Give a list of high-resolution events, or a log.");
        var all = ImmutableArray.CreateBuilder<T>();
        var number = 0;
        await foreach (var line in File.ReadLinesAsync(path, Encoding.UTF8, stop))
        {
            number++;
            if (line.Trim().Length == 0 || (number == 1 && isHeader(line))) continue;
            if (!read(line, out var one, out var error)) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {number}: {error}. Mend the line, or take it out."));
            all.Add(one);
        }

        return all.ToImmutable();
    }

    private delegate bool TryRead<T>(string line, out T read, out string error);
}
