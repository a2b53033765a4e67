using System.Runtime.CompilerServices;

namespace TrafficAI.EventLog;

/// <summary>Reads what is there, then waits for more, until it is cancelled.</summary>
internal static class CatchUp
{
    /// <summary>How long an event that another process has committed may stay unseen.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Follows a log that says when there is something new.</summary>
    /// <param name="page">The next events from a place on; empty at the end.</param>
    /// <param name="place">The place of an event.</param>
    /// <param name="signal">Raised when there may be more.</param>
    public static async IAsyncEnumerable<RecordedEvent> FollowAsync(
        Func<long, IReadOnlyList<RecordedEvent>> page, Func<RecordedEvent, long> place, long from, AppendSignal signal, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var next = Math.Max(0, from); ;)
        {
            cancel.ThrowIfCancellationRequested();
            var more = signal.Next;
            var events = page(next);
            foreach (var @event in events)
            {
                cancel.ThrowIfCancellationRequested();
                yield return @event;
                next = place(@event) + 1;
            }
            if (events.Count == 0) await Task.WhenAny(more, Task.Delay(PollInterval, cancel));
        }
    }

    /// <summary>Follows a log of which nothing is known but how to read it.</summary>
    public static async IAsyncEnumerable<RecordedEvent> PollAsync(
        Func<long, IAsyncEnumerable<RecordedEvent>> read, Func<RecordedEvent, long> place, long from, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (var next = Math.Max(0, from); ;)
        {
            await foreach (var @event in read(next))
            {
                yield return @event;
                next = place(@event) + 1;
            }
            await Task.Delay(PollInterval, cancel);
        }
    }
}
