namespace TrafficAI.FieldBus.Mqtt;

/// <summary>What every client knows of its link: whether it is up, who waits for it, why it is not there, and when to try again.</summary>
/// <remarks>Changed by the client's own thread alone.</remarks>
public sealed class MqttLink
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly MqttEnd end;
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan pause;
    private long connections;
    private string lastTrouble = "";
    private volatile bool isUp;

    /// <exception cref="FieldBusException">A certificate or a key cannot be used.</exception>
    public MqttLink(MqttEnd end)
    {
        this.end = end;
        pause = end.FirstPause;
        if (TlsDiagnosis.OfFiles(end.Address) is { } complaint) throw new FieldBusException($"no connection to {end.Address}: {complaint}.");
    }

    /// <summary>The connection has come about (true) or broken.</summary>
    public event Action<bool>? Changed;

    public bool IsUp => isUp;

    /// <summary>How often a connection came about.</summary>
    public long Connections => Interlocked.Read(ref connections);

    /// <summary>See <see cref="IMqttClient.ReadyAsync"/>.</summary>
    public Task ReadyAsync(CancellationToken cancel) => ready.Task.WaitAsync(cancel);

    /// <summary>It is connected, and the broker has taken the subscriptions. First what is to be said at a connect: nothing that another thread sends may
    /// overtake it.</summary>
    public void Up(IMqttClient client)
    {
        Interlocked.Increment(ref connections);
        lastTrouble = "";
        pause = end.FirstPause;
        end.Connected(client);
        isUp = true;
        ready.TrySetResult();
        Changed?.Invoke(true);
    }

    /// <summary>From now on nothing is taken.</summary>
    /// <returns>Whether it was up.</returns>
    public bool Down()
    {
        var wasUp = isUp;
        isUp = false;
        return wasUp;
    }

    /// <summary>Tells that it has broken.</summary>
    public void TellBroken() => Changed?.Invoke(false);

    /// <summary>How long to wait before the next try: twice as long each time.</summary>
    public TimeSpan NextPause()
    {
        var now = pause;
        pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        return now;
    }

    /// <summary>Says why there is no connection; when it never was there and trying again is of no use, whoever waits for it is told so.</summary>
    /// <param name="refusal">What the broker said when it refused us; null when it did not.</param>
    /// <param name="error">What the library says, where no certificate is to blame.</param>
    public void Explain(string? refusal, string error)
    {
        var lasting = refusal is null ? TlsDiagnosis.Of(end.Address) : $"the broker refuses the connection: {refusal}. Check user and password";
        var text = $"no connection to {end.Address}: {(lasting ?? error).TrimEnd('.')}.";
        if (lasting is not null && Connections == 0) ready.TrySetException(new FieldBusException(text));
        if (text != lastTrouble) end.Trouble(text + " It is tried again.");
        lastTrouble = text;
    }
}
