using System.Collections.Immutable;
using System.Diagnostics;
using TrafficAI.EventLog;

namespace TrafficAI.Server.Reading;

/// <summary>Something that happened, with its place among all that did.</summary>
/// <param name="Number">From 1, without gaps.</param>
public readonly record struct Happened(long Number, object What);

/// <summary>What all viewers see of a log that may still grow: one fold for all of them, which follows the log.</summary>
public sealed class LiveModel
{
    /// <summary>Happenings that are kept for viewers who are behind.</summary>
    private const int Kept = 512;

    private readonly Lock gate = new();
    private readonly ServedLog served;
    private readonly SiteView view;
    private readonly long[] versions;
    private readonly Queue<Happened> happened = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long version;
    private long happenings;
    private long position = -1;

    public LiveModel(ServedLog served)
    {
        this.served = served;
        view = new(served.Record, served.Site);
        versions = new long[served.Site.Models.Length];
        Past = new(served);
    }

    public ServedLog Served => served;

    /// <summary>What stood at each place of the log, as far as it has been followed.</summary>
    public StandingPast Past { get; }

    /// <summary>Follows the log until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled: the only good end.</exception>
    /// <exception cref="EventLogException">The log cannot be read any more.</exception>
    public async Task FollowAsync(CancellationToken stop)
    {
        await foreach (var e in served.Log.SubscribeAllAsync(0, stop)) Take(e);
    }

    /// <summary>Completes when there is something newer than a version.</summary>
    public Task ChangedAsync(long after)
    {
        lock (gate) return version > after ? Task.CompletedTask : changed.Task;
    }

    /// <summary>What has changed since a version.</summary>
    /// <param name="after">The version that is known; −1 for nothing.</param>
    /// <param name="heard">Number of the last happening that is known.</param>
    /// <param name="wanted">Indices of the intersections that are asked for.</param>
    public LiveChange Since(long after, long heard, ImmutableArray<int> wanted)
    {
        lock (gate)
        {
            var news = ImmutableArray.CreateBuilder<(int, IntersectionNow)>();
            foreach (var index in wanted)
            {
                if (versions[index] > after && view.Views[index].Now is { } now) news.Add((index, now));
            }

            return new(version, view.Second, news.ToImmutable(), happenings, [.. happened.Where(one => one.Number > heard).Select(one => one.What)]);
        }
    }

    /// <summary>Asks the fold something, while it rests.</summary>
    public T Ask<T>(Func<SiteView, T> question)
    {
        lock (gate) return question(view);
    }

    /// <summary>Waits until something is so.</summary>
    /// <returns>False if it is not so in time.</returns>
    public async Task<bool> UntilAsync(Func<SiteView, bool> isSo, TimeSpan patience, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var late = Task.Delay(patience, ending.Token);
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (isSo(view)) break;
                next = changed.Task;
            }

            if (await Task.WhenAny(next, late) != late) continue;
            stop.ThrowIfCancellationRequested();
            return false;
        }

        await ending.CancelAsync();
        return true;
    }

    /// <summary>Position of the last event that was taken in; −1 before the first.</summary>
    public long Position => Interlocked.Read(ref position);

    /// <summary>When the last event was taken in, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public long TakenAt { get; private set; }

    private void Take(RecordedEvent e)
    {
        TaskCompletionSource? wake = null;
        lock (gate)
        {
            var (index, happening) = view.Take(e);
            version++;
            if (index >= 0) Note(index, e.Position);
            if (happening is not null) Keep(happening);
            TakenAt = Stopwatch.GetTimestamp();
            (wake, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        Interlocked.Exchange(ref position, e.Position);
        wake.SetResult();
    }

    private void Note(int index, long at)
    {
        versions[index] = version;
        Past.Note(index, at, view.Views[index].Standing.All);
    }

    private void Keep(object happening)
    {
        happened.Enqueue(new(++happenings, happening));
        if (happened.Count > Kept) happened.Dequeue();
    }
}

/// <summary>What a viewer has not seen yet.</summary>
/// <param name="Version">To ask from the next time.</param>
/// <param name="Second">The newest street second; null before the first.</param>
/// <param name="Heard">To ask from the next time.</param>
public sealed record LiveChange(
    long Version, long? Second, ImmutableArray<(int Index, IntersectionNow Now)> News, long Heard, ImmutableArray<object> Happenings);
