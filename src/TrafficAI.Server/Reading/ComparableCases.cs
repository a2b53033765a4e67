using System.Collections.Immutable;
using TrafficAI.Runtime;
using TrafficAI.Runtime.Events;

namespace TrafficAI.Server.Reading;

/// <summary>A past decision on traffic that was much as it is at another moment.</summary>
/// <param name="Phase">That ran.</param>
/// <param name="Wanted">That was wanted then.</param>
/// <param name="Queues">Per stop lane: standing vehicles.</param>
/// <param name="Difference">Standing vehicles by which the lanes differ, summed.</param>
public sealed record ComparableCase(long Second, string Phase, string Wanted, ImmutableArray<double> Queues, double Difference, CaseOutcome Outcome);

/// <summary>What came of it.</summary>
/// <param name="DelayNext5Min">Standing time per vehicle that passed a stop line in the five minutes after it, in seconds; null where none did, or the log ends before.</param>
public sealed record CaseOutcome(double? DelayNext5Min);

/// <summary>Finds past decisions that were made on traffic much like that of a moment: the same phase ran, and the queues differed least.</summary>
public sealed class ComparableCases(ServedLog served, Moments moments)
{
    private const int Most = 5;
    private const int Looked = 5_000;

    /// <summary>Two cases are so many seconds apart at the least.</summary>
    private const int ApartSeconds = 300;

    /// <param name="index">Of the intersection.</param>
    /// <returns>At most five, the most alike first.</returns>
    public async Task<List<ComparableCase>> FindAsync(int index, long second, CancellationToken stop)
    {
        var view = await moments.ViewAsync(index, second, stop);
        if (view.Now is not { } now) return [];
        var chosen = new List<(PhaseDecided Decided, double Difference)>();
        foreach (var one in await AlikeAsync(index, second, now.Next ?? now.Phase, now.Queues, stop))
        {
            if (chosen.Any(other => Math.Abs(other.Decided.Second - one.Decided.Second) < ApartSeconds)) continue;
            chosen.Add(one);
            if (chosen.Count == Most) break;
        }

        var cases = new List<ComparableCase>();
        foreach (var (decided, difference) in chosen)
        {
            var later = await moments.ViewAsync(index, decided.Second + DelayWindow.Seconds, stop);
            var delay = later.Second >= decided.Second + DelayWindow.Seconds ? later.Now?.Delay : null;
            cases.Add(new(decided.Second, decided.Running, decided.Wanted, [.. decided.Queues.Select(q => Math.Round(q, 1))], Math.Round(difference, 1), new(delay)));
        }

        return cases;
    }

    private async Task<IEnumerable<(PhaseDecided Decided, double Difference)>> AlikeAsync(int index, long second, string phase, ImmutableArray<double> queues, CancellationToken stop)
    {
        var id = served.Site.Models[index].Signals.Id;
        var end = await StreetPlaces.RevisionAsync(served.Log, id, second - ApartSeconds, stop);
        var found = new List<(PhaseDecided, double)>();
        await foreach (var e in served.Log.ReadBackwardsAsync(StreamNames.Intersection(id), Math.Max(0, end - 1), stop).Take(Looked))
        {
            if (e.Type != IntersectionEvent.PhaseDecided || EventTypes.Decode(e) is not PhaseDecided decided) continue;
            if (decided.Running != phase || decided.Second > second - ApartSeconds || decided.Queues.Length != queues.Length) continue;
            found.Add((decided, decided.Queues.Zip(queues, (then, now) => Math.Abs(then - now)).Sum()));
        }

        return found.OrderBy(one => one.Item2).ThenByDescending(one => one.Item1.Second);
    }
}
