using System.Collections.Immutable;
using TrafficAI.Network;

namespace TrafficAI.FieldBus;

/// <summary>The messages of one kind: who hears them, and what became of them. Delivering takes no lock.</summary>
internal sealed class Channel<T>(string kind, Func<T, IntersectionId> intersectionOf, Action<BusError> onError)
{
    private Subscribers<T> subscribers = Subscribers<T>.None;
    private long published;
    private long delivered;
    private long undelivered;
    private long failed;

    public BusCounts Counts =>
        new(Volatile.Read(ref published), Volatile.Read(ref delivered), Volatile.Read(ref undelivered), Volatile.Read(ref failed));

    /// <summary>A message goes out.</summary>
    public void CountPublished() => Interlocked.Increment(ref published);

    /// <summary>A message comes in.</summary>
    /// <returns>Whether anybody had subscribed to it.</returns>
    public bool Deliver(T message)
    {
        var intersection = intersectionOf(message);
        var now = Volatile.Read(ref subscribers);
        var some = now.Of(intersection);
        var isHeard = some.Length + now.All.Length > 0;
        if (!isHeard) Interlocked.Increment(ref undelivered);
        foreach (var subscription in some)
            Deliver(subscription, message, intersection);
        foreach (var subscription in now.All)
            Deliver(subscription, message, intersection);
        return isHeard;
    }

    public IDisposable Subscribe(Action<T> handler, IntersectionId? intersection)
    {
        var subscription = new Subscription<T>(handler, intersection, Unsubscribe);
        ImmutableInterlocked.Update(ref subscribers, static (now, added) => now.With(added), subscription);
        return subscription;
    }

    private void Unsubscribe(Subscription<T> subscription) =>
        ImmutableInterlocked.Update(ref subscribers, static (now, gone) => now.Without(gone), subscription);

    private void Deliver(Subscription<T> subscription, T message, IntersectionId intersection)
    {
        try
        {
            subscription.Handler(message);
            Interlocked.Increment(ref delivered);
        }
        catch (Exception e)
        {
            Interlocked.Increment(ref failed);
            Report(new(kind, intersection, e));
        }
    }

    private void Report(BusError error)
    {
        try
        {
            onError(error);
        }
        catch (Exception)
        {
            // Whoever listens for errors must not stop the street; the failure is counted already.
        }
    }
}
