namespace TrafficAI.EventLog.Sqlite;

/// <summary>An append that waits for the next commit, and how it came out.</summary>
internal sealed class QueuedAppend(string stream, long expected, ReadOnlyMemory<EventData> events)
{
    private readonly TaskCompletionSource<long> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? refusal;
    private long revision;

    public string Stream => stream;

    public long Expected => expected;

    public ReadOnlyMemory<EventData> Events => events;

    public Task<long> Done => done.Task;

    /// <summary>Does the work, and keeps what comes of it until the commit.</summary>
    public void Write(Func<QueuedAppend, long> write)
    {
        try
        {
            revision = write(this);
        }
        catch (Exception e)
        {
            refusal = e;
        }
    }

    /// <summary>Tells who waits: after the commit, or with the reason why it failed.</summary>
    public void Tell(Exception? failure)
    {
        if ((failure ?? refusal) is { } why) done.SetException(why);
        else done.SetResult(revision);
    }
}
