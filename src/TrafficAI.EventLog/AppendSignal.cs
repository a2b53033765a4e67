namespace TrafficAI.EventLog;

/// <summary>Wakes those who wait for new events.</summary>
internal sealed class AppendSignal
{
    private TaskCompletionSource? next;

    /// <summary>Ends at the next <see cref="Raise"/>. Take it before you look whether there is anything new.</summary>
    public Task Next
    {
        get
        {
            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return (Interlocked.CompareExchange(ref next, mine, null) ?? mine).Task;
        }
    }

    public void Raise() => Interlocked.Exchange(ref next, null)?.TrySetResult();
}
