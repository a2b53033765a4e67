using System.Collections.Immutable;
using System.Diagnostics;
using TrafficAI.FieldBus;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Runtime;

/// <summary>Waits in each second for the plans of actors elsewhere, so that a street behind a bus runs in lock-step with them. Who does not answer
/// in time is waited for no more until he answers again: the street then runs as it would without him.</summary>
public sealed class LockstepAnswers : IDisposable
{
    private readonly TimeSpan patience;
    private readonly HashSet<IntersectionId> awaited;
    private readonly Dictionary<IntersectionId, long> newest;
    private readonly SemaphoreSlim news = new(0);
    private readonly IDisposable subscription;

    /// <param name="bus">Subscribe the street first, so that it has a plan when the wait for it ends.</param>
    /// <param name="patience">For all answers to one second.</param>
    public LockstepAnswers(IFieldBus bus, ImmutableArray<IntersectionId> intersections, TimeSpan patience)
    {
        this.patience = patience;
        awaited = [.. intersections];
        newest = intersections.ToDictionary(id => id, _ => long.MinValue);
        subscription = bus.SubscribePlans(Hear);
    }

    /// <summary>Answers that did not come in time.</summary>
    public long Missing { get; private set; }

    /// <summary>The longest wait for a second.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>Ends when all who are awaited have answered to the frame of a second, or patience has.</summary>
    public async Task WaitAsync(long second, CancellationToken stop)
    {
        var start = Stopwatch.GetTimestamp();
        while (!AllAnswered(second))
        {
            var left = patience - Stopwatch.GetElapsedTime(start);
            if (left > TimeSpan.Zero && await news.WaitAsync(left, stop)) continue;
            GiveUp(second);
        }

        var waited = Stopwatch.GetElapsedTime(start);
        if (waited > Slowest) Slowest = waited;
    }

    public void Dispose()
    {
        subscription.Dispose();
        news.Dispose();
    }

    private bool AllAnswered(long second)
    {
        lock (newest) return awaited.All(id => newest[id] >= second);
    }

    private void GiveUp(long second)
    {
        lock (newest) Missing += awaited.RemoveWhere(id => newest[id] < second);
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
