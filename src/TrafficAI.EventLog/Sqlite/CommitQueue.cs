namespace TrafficAI.EventLog.Sqlite;

/// <summary>Appends that wait for a commit. The first of them calls for a leader; what comes until that one has the file, and while it
/// commits, shares the next commit. Nobody blocks a thread meanwhile.</summary>
internal sealed class CommitQueue(Action commitAll) : IThreadPoolWorkItem
{
    private readonly Lock gate = new();
    private List<QueuedAppend> waiting = [];
    private bool led;

    public Task<long> Add(QueuedAppend append)
    {
        lock (gate)
        {
            waiting.Add(append);
            if (led) return append.Done;
            led = true;
        }
        Lead();
        return append.Done;
    }

    /// <summary>Hands over all that wait, in the order in which they came.</summary>
    public List<QueuedAppend> Take()
    {
        lock (gate)
        {
            var taken = waiting;
            waiting = new(taken.Count);
            return taken;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        commitAll();
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                led = false;
                return;
            }
        }
        Lead();
    }

    // At the end of the pool's queue: those whom the last commit has released append once more before it.
    private void Lead() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
}
