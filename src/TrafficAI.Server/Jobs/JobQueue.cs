using System.Threading.Channels;

namespace TrafficAI.Server.Jobs;

/// <summary>Works jobs out, one after the other, in the order in which they came.</summary>
public sealed class JobQueue : IAsyncDisposable
{
    /// <summary>So many may wait.</summary>
    public const int MostWaiting = 10;

    private const int Kept = 50;

    private readonly Lock gate = new();
    private readonly WhatIfRunner run;
    private readonly Action<Exception> unexpected;
    private readonly SortedDictionary<long, (Job Job, CancellationTokenSource Stop)> jobs = [];
    private readonly Channel<long> waiting = Channel.CreateUnbounded<long>();
    private readonly CancellationTokenSource closing = new();
    private readonly Task working;
    private long last;

    /// <param name="unexpected">Told what nobody was to see.</param>
    public JobQueue(WhatIfRunner run, Action<Exception> unexpected)
    {
        (this.run, this.unexpected) = (run, unexpected);
        working = Task.Run(WorkAsync);
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<Job> All
    {
        get
        {
            lock (gate) return [.. jobs.Values.Select(entry => entry.Job).Reverse()];
        }
    }

    /// <summary>Adds a job at the end.</summary>
    /// <returns>Null where too many wait.</returns>
    public Job? Add(string by, WhatIfAsk ask)
    {
        lock (gate)
        {
            if (jobs.Values.Count(entry => !entry.Job.IsOver) >= MostWaiting) return null;
            var job = new Job(++last, by, ask, JobState.Waiting, 0, null, null);
            jobs[job.Id] = (job, CancellationTokenSource.CreateLinkedTokenSource(closing.Token));
            while (jobs.Count > Kept + MostWaiting && jobs.First().Value is { Job.IsOver: true } oldest) Forget(oldest.Job.Id);
            waiting.Writer.TryWrite(job.Id);
            return job;
        }
    }

    /// <summary>The job of that number; null for none.</summary>
    public Job? Find(long id)
    {
        lock (gate) return jobs.TryGetValue(id, out var entry) ? entry.Job : null;
    }

    /// <summary>Ends a job that is not over; nothing happens to one that is.</summary>
    public async Task CancelAsync(long id)
    {
        CancellationTokenSource? stop = null;
        lock (gate)
        {
            if (!jobs.TryGetValue(id, out var entry) || entry.Job.IsOver) return;
            if (entry.Job.State == JobState.Waiting) jobs[id] = (entry.Job with { State = JobState.Cancelled }, entry.Stop);
            else stop = entry.Stop;
        }

        if (stop is not null) await stop.CancelAsync();
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await closing.CancelAsync();
        await working;
        foreach (var (_, (_, stop)) in jobs) stop.Dispose();
        closing.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var id in waiting.Reader.ReadAllAsync())
        {
            CancellationToken stop;
            lock (gate)
            {
                if (!jobs.TryGetValue(id, out var entry) || entry.Job.State != JobState.Waiting) continue;
                stop = entry.Stop.Token;
                jobs[id] = (entry.Job with { State = JobState.Running }, entry.Stop);
            }

            await WorkAsync(id, stop);
        }
    }

    private async Task WorkAsync(long id, CancellationToken stop)
    {
        try
        {
            var result = await run(Find(id)!.Ask, share => Change(id, job => job with { Progress = Math.Round(Math.Clamp(share, 0, 1), 3) }), stop);
            Change(id, job => job with { State = JobState.Done, Progress = 1, Result = result });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Change(id, job => job with { State = JobState.Cancelled });
        }
        catch (WhatIfException e)
        {
            Change(id, job => job with { State = JobState.Failed, Error = e.Message.ReplaceLineEndings(" ") });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            unexpected(e);
            Change(id, job => job with { State = JobState.Failed, Error = "Something went wrong here; the server has noted what." });
        }
    }

    private void Change(long id, Func<Job, Job> change)
    {
        lock (gate)
        {
            if (jobs.TryGetValue(id, out var entry)) jobs[id] = (change(entry.Job), entry.Stop);
        }
    }

    private void Forget(long id)
    {
        jobs[id].Stop.Dispose();
        jobs.Remove(id);
    }
}
