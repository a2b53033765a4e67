using System.Collections.Immutable;
using TrafficAI.EventLog;
using TrafficAI.Runtime;

namespace TrafficAI.Server.Reading;

/// <summary>What stood at each place of a log. The fold of all viewers writes it; whoever folds from the middle of the log begins with it.</summary>
/// <param name="served">The log.</param>
public sealed class StandingPast(ServedLog served)
{
    /// <summary>Per intersection; of what is older nothing is known but what a fold warms up to.</summary>
    private const int MostKept = 10_000;

    private const int AboutSeconds = 60;

    private readonly Lock gate = new();
    private readonly List<Change>[] changes = [.. served.Site.Models.Select(_ => new List<Change>())];

    /// <summary>Notes what stands after an event.</summary>
    /// <param name="index">Of the intersection.</param>
    /// <param name="position">Of the event; rises.</param>
    public void Note(int index, long position, ImmutableArray<RecordedEvent> standing)
    {
        var own = changes[index];
        lock (gate)
        {
            if (own.Count == 0 ? standing.IsEmpty : own[^1].Standing == standing) return;
            own.Add(new(position, standing));
            if (own.Count > MostKept) own.RemoveAt(0);
        }
    }

    /// <summary>What stood before the event at a position, in the order of the log.</summary>
    public ImmutableArray<RecordedEvent> Before(int index, long position)
    {
        lock (gate)
        {
            var own = changes[index];
            var (low, high) = (0, own.Count);
            while (low < high)
            {
                var middle = low + (high - low) / 2;
                if (own[middle].Position < position) low = middle + 1;
                else high = middle;
            }

            return low == 0 ? [] : own[low - 1].Standing;
        }
    }

    /// <summary>The same, and the last decision before: all that a fold from there on must be told first.</summary>
    /// <param name="second">About the street second of the event.</param>
    public async Task<IReadOnlyList<RecordedEvent>> BeginAsync(int index, long position, long second, CancellationToken stop)
    {
        var begin = Before(index, position);
        var id = served.Site.Models[index].Signals.Id;
        var behind = await StreetPlaces.RevisionAsync(served.Log, id, second + AboutSeconds, stop);
        await foreach (var e in served.Log.ReadBackwardsAsync(StreamNames.Intersection(id), behind, stop))
        {
            if (e.Type == IntersectionEvent.PhaseDecided && e.Position >= 0 && e.Position < position) return [.. begin.Append(e).OrderBy(one => one.Position)];
        }

        return begin;
    }

    private readonly record struct Change(long Position, ImmutableArray<RecordedEvent> Standing);
}
