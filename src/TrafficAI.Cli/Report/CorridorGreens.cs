using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Measures;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Cli.Report;

/// <summary>Seconds from <paramref name="Begin"/> to before <paramref name="End"/>.</summary>
public readonly record struct Span(long Begin, long End);

/// <summary>When the movement straight on had green at each stop line of a corridor, in one run.</summary>
/// <param name="Window">What was looked at.</param>
/// <param name="Greens">Per stop line, in order; flashing green counts as green.</param>
public sealed record CorridorGreens(Corridor Corridor, Span Window, ImmutableArray<ImmutableArray<Span>> Greens)
{
    /// <summary>Length of the window; the whole run where that is shorter.</summary>
    public const int WindowSeconds = 600;

    /// <summary>Departures from the first stop line that meet green at every light when driven at the speed limits.</summary>
    public ImmutableArray<Span> Bands { get; } = FindBands(Corridor, Window, Greens);

    /// <summary>Share of the departures that could reach the last stop line within the window, 0 to 1, that fall into a band; null where none could.</summary>
    public double? BandShare
    {
        get
        {
            var departures = Departures(Corridor, Window);
            return departures <= 0 ? null : (double)Bands.Sum(b => b.End - b.Begin) / departures;
        }
    }

    /// <summary>Reads the lamps from the middle of a recorded run.</summary>
    public static async Task<CorridorGreens> ReadAsync(IEventLog log, Corridor corridor, long begin, long end, CancellationToken stop)
    {
        var first = Math.Max(begin, (begin + end - WindowSeconds) / 2);
        var window = new Span(first, Math.Min(end, first + WindowSeconds));
        var greens = ImmutableArray.CreateBuilder<ImmutableArray<Span>>(corridor.Stops.Length);
        foreach (var at in corridor.Stops) greens.Add(await ReadAsync(log, at, window, stop));
        return new CorridorGreens(corridor, window, greens.MoveToImmutable());
    }

    private static async Task<ImmutableArray<Span>> ReadAsync(IEventLog log, CorridorStop at, Span window, CancellationToken stop)
    {
        var greens = ImmutableArray.CreateBuilder<Span>();
        long? since = null;
        await foreach (var e in log.ReadAsync(StreamNames.Intersection(at.Intersection), 0, stop))
        {
            if (e.Type != IntersectionEvent.LampsChanged || EventTypes.Decode(e) is not LampsChanged changed) continue;
            if (changed.Second >= window.End) break;
            var green = at.Groups.Any(group => changed.Lamps[group] is 'G' or 'f');
            if (green) since ??= changed.Second;
            else if (since is { } start) (since, _) = (null, Add(greens, window, start, changed.Second));
        }

        if (since is { } open) Add(greens, window, open, window.End);
        return greens.ToImmutable();
    }

    private static bool Add(ImmutableArray<Span>.Builder greens, Span window, long begin, long end)
    {
        if (end <= window.Begin) return false;
        greens.Add(new Span(Math.Max(begin, window.Begin), end));
        return true;
    }

    private static long Departures(Corridor corridor, Span window) => window.End - window.Begin - (long)Math.Ceiling(corridor.Stops[^1].TravelSeconds);

    private static ImmutableArray<Span> FindBands(Corridor corridor, Span window, ImmutableArray<ImmutableArray<Span>> greens)
    {
        ImmutableArray<ImmutableArray<GreenSpan>> spans = [.. greens.Select(stop => stop.Select(green => new GreenSpan(green.Begin, green.End)).ToImmutableArray())];
        return [.. ThroughBands.Find(spans, [.. corridor.Stops.Select(stop => stop.TravelSeconds)], window.Begin, window.End).Select(band => new Span(band.From, band.To))];
    }
}
