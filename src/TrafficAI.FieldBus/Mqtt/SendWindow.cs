namespace TrafficAI.FieldBus.Mqtt;

/// <summary>How many messages may be on their way: whoever sends one more waits.</summary>
public sealed class SendWindow(int most) : IDisposable
{
    private readonly SemaphoreSlim free = new(most);

    public Task EnterAsync(CancellationToken cancel) => free.WaitAsync(cancel);

    public void Dispose() => free.Dispose();

    public void Leave(int messages)
    {
        if (messages > 0) free.Release(messages);
    }
}
