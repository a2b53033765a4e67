using System.Collections.Immutable;
using System.Diagnostics;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Waits in each second for the plans of actors elsewhere, so that a street behind a bus runs in lock-step with them. Whose answer is long
/// in coming is told the second again, as nobody may have listened yet. Who does not answer in time is waited for no more until he answers again;
/// with nobody left to wait for, the street goes by the clock, so that it floods no one who comes back.</summary>
public sealed class LockstepAnswers : IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly TimeSpan patience;
    private readonly HashSet<IntersectionId> awaited;
    private readonly Dictionary<IntersectionId, long> newest;
    private readonly Func<ImmutableHashSet<IntersectionId>, ValueTask> repeat;
    private readonly SemaphoreSlim news = new(0);
    private readonly IDisposable subscription;

    /// <param name="bus">Subscribe the street first, so that it has a plan when the wait for it ends.</param>
    /// <param name="patience">For all answers to one second.</param>
    /// <param name="repeat">Called when a second has passed without news, with those whose answer is missing.</param>
    public LockstepAnswers(
        IFieldBus bus, ImmutableArray<IntersectionId> intersections, TimeSpan patience, Func<ImmutableHashSet<IntersectionId>, ValueTask> repeat)
    {
        this.patience = patience;
        this.repeat = repeat;
        awaited = [.. intersections];
        newest = intersections.ToDictionary(id => id, _ => long.MinValue);
        subscription = bus.SubscribePlans(Hear);
    }

    /// <summary>Answers that did not come in time.</summary>
    public long Missing { get; private set; }

    /// <summary>The longest wait for a second.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Ends when all who are awaited have answered to the frame of a second, or patience has.</summary>
    /// <param name="told">Whose frame of that second was sent: others cannot answer.</param>
    public async Task WaitAsync(long second, ImmutableHashSet<IntersectionId> told, CancellationToken stop)
    {
        if (NobodyIsAwaited()) await news.WaitAsync(Beat, stop);
        var start = Stopwatch.GetTimestamp();
        for (var silent = Silent(second, told); !silent.IsEmpty; silent = Silent(second, told))
        {
            var left = patience - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) GiveUp(silent);
            else if (!await news.WaitAsync(left < Beat ? left : Beat, stop)) await repeat(silent);
        }

        var waited = Stopwatch.GetElapsedTime(start);
        if (waited > Slowest) Slowest = waited;
    }

    public void Dispose()
    {
        subscription.Dispose();
        news.Dispose();
    }

    private bool NobodyIsAwaited()
    {
        lock (newest) return awaited.Count == 0;
    }

    private ImmutableHashSet<IntersectionId> Silent(long second, ImmutableHashSet<IntersectionId> told)
    {
        lock (newest) return [.. awaited.Where(id => newest[id] < second && told.Contains(id))];
    }

    private void GiveUp(ImmutableHashSet<IntersectionId> silent)
    {
        lock (newest) awaited.ExceptWith(silent);
        Missing += silent.Count;
    }

    private void Hear(PhasePlan plan)
    {
        lock (newest)
        {
            if (!newest.TryGetValue(plan.Intersection, out var known)) return;
            newest[plan.Intersection] = Math.Max(known, plan.BasedOnSecond);
            awaited.Add(plan.Intersection);
        }

        news.Release();
    }
}
