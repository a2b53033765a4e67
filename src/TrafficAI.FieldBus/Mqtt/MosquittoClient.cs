using System.Runtime.InteropServices;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>A connection by libmosquitto; a thread of its own brings what arrives.</summary>
internal sealed class MosquittoClient : IMqttClient
{
    private const int KeepAliveSeconds = 15;
    private const int LoopMilliseconds = 200;
    private static readonly TimeSpan ConfirmationBeat = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest wait for the last messages to go out.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly MqttEnd end;
    private readonly MqttLink link;
    private readonly GCHandle self;
    private readonly nint client;
    private readonly Thread thread;
    private readonly SendWindow window;
    private readonly HashSet<int> unconfirmed = [];
    private readonly HashSet<int> pastWindow = [];
    private readonly ManualResetEventSlim stop = new();
    private int answered;
    private int refusal;

    /// <exception cref="FieldBusException">A certificate or a key cannot be used, or there is no library.</exception>
    public MosquittoClient(MqttEnd end)
    {
        this.end = end;
        link = new(end);
        window = new(end.Window);
        self = GCHandle.Alloc(this);
        client = LibMosquitto.New(GCHandle.ToIntPtr(self));
        if (client == 0) throw new FieldBusException("the bus cannot be opened: libmosquitto gives no client. Install libmosquitto1.");
        Require(LibMosquitto.SetThreaded(client, true));
        Require(LibMosquitto.SetMostInFlight(client, 0));
        var address = end.Address;
        if (address.User is { } user) Require(LibMosquitto.SetPassword(client, user, address.Password));
        if (address.Authority is { } authority) Require(LibMosquitto.SetTls(client, authority, null, address.Certificate, address.Key, 0));
        if (end.Will is var (topic, payload)) Require(LibMosquitto.SetWill(client, topic, payload.Length, payload, 1, retain: true));
        SetCallbacks();
        thread = new(Run) { IsBackground = true, Name = $"mqtt {address.Host}" };
    }

    /// <inheritdoc/>
    public event Action<bool>? LinkChanged
    {
        add => link.Changed += value;
        remove => link.Changed -= value;
    }

    /// <inheritdoc/>
    public bool IsUp => link.IsUp;

    /// <inheritdoc/>
    public long Connections => link.Connections;

    /// <inheritdoc/>
    public void Start() => thread.Start();

    /// <inheritdoc/>
    public Task ReadyAsync(CancellationToken cancel) => link.ReadyAsync(cancel);

    /// <inheritdoc/>
    public async ValueTask<bool> PublishAsync(string topic, byte[] payload, int qos, bool retain, CancellationToken cancel)
    {
        await window.EnterAsync(cancel);
        if (Publish(topic, payload, qos, retain)) return true;
        window.Leave(1);
        return false;
    }

    /// <inheritdoc/>
    public bool PublishNow(string topic, byte[] payload, int qos, bool retain)
    {
        lock (unconfirmed)
        {
            if (LibMosquitto.Publish(client, out var id, topic, payload.Length, payload, qos, retain) != LibMosquitto.Success) return false;
            pastWindow.Add(id);
            return true;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> PublishLastAsync(string topic, byte[] payload, TimeSpan patience)
    {
        if (!Publish(topic, payload, 1, retain: true)) return false;
        for (var waited = TimeSpan.Zero; waited < patience && IsUp; waited += ConfirmationBeat)
        {
            lock (unconfirmed)
            {
                if (unconfirmed.Count == 0) return true;
            }

            await Task.Delay(ConfirmationBeat);
        }

        return false;
    }

    /// <summary>What was sent still goes out, if the broker takes it within 5 s.</summary>
    public void Dispose()
    {
        if (stop.IsSet) return;
        SpinWait.SpinUntil(() => !IsUp || HasGoneOut(), LastPatience);
        stop.Set();
        _ = LibMosquitto.Disconnect(client);
        if (!thread.ThreadState.HasFlag(ThreadState.Unstarted)) thread.Join();
        window.Dispose();
        LibMosquitto.Destroy(client);
        self.Free();
    }

    private unsafe void SetCallbacks()
    {
        LibMosquitto.OnConnect(client, &OnConnect);
        LibMosquitto.OnSubscribe(client, &OnSubscribe);
        LibMosquitto.OnMessage(client, &OnMessage);
        LibMosquitto.OnPublish(client, &OnPublish);
    }

    private bool Publish(string topic, byte[] payload, int qos, bool retain)
    {
        // The lock covers both, so that a confirmation cannot overtake its id.
        lock (unconfirmed)
        {
            if (!IsUp || LibMosquitto.Publish(client, out var id, topic, payload.Length, payload, qos, retain) != LibMosquitto.Success) return false;
            unconfirmed.Add(id);
            return true;
        }
    }

    private void Run()
    {
        while (!stop.IsSet)
        {
            var error = LibMosquitto.Connect(client, end.Address.Host, end.Address.Port, KeepAliveSeconds);
            while (error == LibMosquitto.Success && !stop.IsSet) error = LibMosquitto.Loop(client, LoopMilliseconds, 1);
            var system = LibMosquitto.LastSystemError();
            Broken();
            if (stop.IsSet) return;
            link.Explain(refusal == 0 ? null : LibMosquitto.Refusal(refusal), error == LibMosquitto.SystemError ? system : LibMosquitto.Error(error));
            if (stop.Wait(link.NextPause())) return;
        }
    }

    private void Broken()
    {
        var wasUp = link.Down();
        lock (unconfirmed)
        {
            window.Leave(unconfirmed.Count);
            unconfirmed.Clear();
            pastWindow.Clear();
        }

        if (wasUp && !stop.IsSet) link.TellBroken();
    }

    private bool HasGoneOut()
    {
        lock (unconfirmed) return unconfirmed.Count + pastWindow.Count == 0;
    }

    private void Confirmed(int id)
    {
        lock (unconfirmed)
        {
            if (pastWindow.Remove(id) || !unconfirmed.Remove(id)) return;
        }

        window.Leave(1);
    }

    private void Subscribe()
    {
        foreach (var (topic, qos) in end.Subscriptions) _ = LibMosquitto.Subscribe(client, out _, topic, qos);
        if (end.Subscriptions.Count == 0) link.Up(this);
    }

    private void Subscribed()
    {
        if (++answered == end.Subscriptions.Count) link.Up(this);
    }

    private static void Require(int error)
    {
        if (error != LibMosquitto.Success) throw new FieldBusException($"the bus cannot be opened: {LibMosquitto.Error(error)}. Check its address and its files.");
    }

    private static MosquittoClient Of(nint context) => (MosquittoClient)GCHandle.FromIntPtr(context).Target!;

    [UnmanagedCallersOnly]
    private static void OnConnect(nint handle, nint context, int error)
    {
        var own = Of(context);
        (own.answered, own.refusal) = (0, error);
        if (error == 0) own.Subscribe();
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnSubscribe(nint handle, nint context, int id, int count, int* granted) => Of(context).Subscribed();

    [UnmanagedCallersOnly]
    private static void OnPublish(nint handle, nint context, int id) => Of(context).Confirmed(id);

    [UnmanagedCallersOnly]
    private static unsafe void OnMessage(nint handle, nint context, LibMosquitto.Message* message) => Of(context).end.Received(
        Marshal.PtrToStringUTF8((nint)message->Topic) ?? "", new(message->Payload, message->PayloadLength), message->Qos, message->Retain != 0);
}
