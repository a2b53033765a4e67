using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Reading;

/// <summary>What is known of a whole site, folded from the events of its log in their order. Not thread-safe.</summary>
public sealed class SiteView
{
    private readonly FrozenDictionary<string, int> byStream;

    /// <param name="record">The run.</param>
    public SiteView(SiteRecord record, Site site)
    {
        Views = [.. site.Models.Select(model => new IntersectionView(model, record.Header.Strategy))];
        byStream = site.Models
            .SelectMany((model, i) => StreamsOf(model.Signals.Id).Select(stream => (stream, i)))
            .ToFrozenDictionary(pair => pair.stream, pair => pair.i, StringComparer.Ordinal);
    }

    /// <summary>In the order of the site.</summary>
    public ImmutableArray<IntersectionView> Views { get; }

    /// <summary>The last street second of which lamps are known; null before the first.</summary>
    public long? Second { get; private set; }

    /// <summary>The street second after the last, once the run has ended; null while it goes on.</summary>
    public long? EndedAt { get; private set; }

    /// <summary>Whether the run has ended, with a digest over its end.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Events that could not be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Begins in the middle of a log: takes in what stood there.</summary>
    /// <param name="position">Of the first event that will be taken.</param>
    /// <param name="second">About its street second; no later.</param>
    public async Task BeginAsync(StandingPast past, long position, long second, CancellationToken stop)
    {
        if (position == 0) return;
        for (var index = 0; index < Views.Length; index++)
            foreach (var e in await past.BeginAsync(index, position, second, stop)) Begin(Views[index], e);
    }

    /// <summary>Takes in one event.</summary>
    /// <returns>The index of the intersection that it is of, −1 for none; and what happened that people should hear of.</returns>
    public (int Intersection, object? Happening) Take(RecordedEvent e)
    {
        Events++;
        if (e.Stream == StreamNames.Site) IsSealed = EndedAt is not null && e.Type == StreamDigested.EventType;
        try
        {
            if (!byStream.TryGetValue(e.Stream, out var index))
            {
                if (e.Stream == StreamNames.Site) Follow(e);
                return (-1, null);
            }

            var happening = Views[index].Take(e);
            Second = Max(Second, Views[index].Second);
            return (index, happening);
        }
        catch (RecordException)
        {
            Unreadable++;
            return (-1, null);
        }
    }

    private void Begin(IntersectionView view, RecordedEvent e)
    {
        try
        {
            view.Take(e);
        }
        catch (RecordException)
        {
            Unreadable++;
        }
    }

    private void Follow(RecordedEvent e)
    {
        if (e.Type == RunEnded.EventType) EndedAt = RunEnded.Decode(e.Payload).Second;
        else if (e.Type == ServerStarted.EventType) EndedAt = null;
    }

    private static long? Max(long? a, long? b) => b is { } value && (a is not { } other || value > other) ? b : a;

    private static IEnumerable<string> StreamsOf(Network.IntersectionId id) => [StreamNames.Inputs(id), StreamNames.Intersection(id), StreamNames.Session(id)];
}
