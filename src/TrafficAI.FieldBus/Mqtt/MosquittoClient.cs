using System.Runtime.InteropServices;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>One connection to a broker, kept up for ever: it connects again after 1 s, then after twice as long up to 30 s, and subscribes anew.
/// Its own thread brings what arrives.</summary>
/// <remarks>All members may be called from several threads at once.</remarks>
internal sealed class MqttClient : IDisposable
{
    private const int KeepAliveSeconds = 15;
    private const int LoopMilliseconds = 200;
    private static readonly TimeSpan ConfirmationBeat = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest wait for the last messages to go out.</summary>
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(5);

    private readonly MqttAddress address;
    private readonly IReadOnlyList<(string Topic, int Qos)> subscriptions;
    private readonly Action<MqttClient> connected;
    private readonly MessageHandler received;
    private readonly TimeSpan firstPause;
    private readonly Action<string> trouble;
    private readonly GCHandle self;
    private readonly nint client;
    private readonly Thread thread;
    private readonly SendWindow window;
    private readonly HashSet<int> unconfirmed = [];
    private readonly HashSet<int> pastWindow = [];
    private readonly ManualResetEventSlim stop = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long connections;
    private int answered;
    private int refusal;
    private string lastTrouble = "";
    private volatile bool isUp;

    /// <param name="subscriptions">Topics with their QoS, at every connect.</param>
    /// <param name="connected">Called on the client's thread at every connect, when it has subscribed.</param>
    /// <param name="received">Called on the client's thread.</param>
    /// <param name="firstPause">Before the second try to connect.</param>
    /// <param name="trouble">Called on the client's thread when there is no connection, with why in one line; once for each cause in a row.</param>
    /// <param name="startsLater">It does nothing until <see cref="Start"/>, so that whoever made it can listen first.</param>
    public MqttClient(
        MqttAddress address, IReadOnlyList<(string Topic, int Qos)> subscriptions, Action<MqttClient> connected, MessageHandler received,
        (string Topic, byte[] Payload)? will, int window, TimeSpan firstPause, bool startsLater = false, Action<string>? trouble = null)
    {
        (this.address, this.subscriptions, this.connected, this.received, this.firstPause) = (address, subscriptions, connected, received, firstPause);
        this.trouble = trouble ?? (_ => { });
        if (TlsDiagnosis.OfFiles(address) is { } complaint) throw new FieldBusException($"no connection to {address}: {complaint}.");
        this.window = new(window);
        self = GCHandle.Alloc(this);
        client = LibMosquitto.New(GCHandle.ToIntPtr(self));
        if (client == 0) throw new FieldBusException("the bus cannot be opened: libmosquitto gives no client. Install libmosquitto1.");
        Require(LibMosquitto.SetThreaded(client, true));
        Require(LibMosquitto.SetMostInFlight(client, 0));
        if (address.User is { } user) Require(LibMosquitto.SetPassword(client, user, address.Password));
        if (address.Authority is { } authority) Require(LibMosquitto.SetTls(client, authority, null, address.Certificate, address.Key, 0));
        if (will is var (topic, payload)) Require(LibMosquitto.SetWill(client, topic, payload.Length, payload, 1, retain: true));
        SetCallbacks();
        thread = new(Run) { IsBackground = true, Name = $"mqtt {address.Host}" };
        if (!startsLater) Start();
    }

    /// <summary>What arrives; the payload is valid during the call only.</summary>
    public delegate void MessageHandler(string topic, ReadOnlySpan<byte> payload, int qos, bool retained);

    /// <summary>The connection has come about (true) or broken. Raised on the client's thread.</summary>
    public event Action<bool>? LinkChanged;

    public bool IsUp => isUp;

    /// <summary>How often a connection came about.</summary>
    public long Connections => Interlocked.Read(ref connections);

    /// <summary>Waits for the first connection.</summary>
    /// <exception cref="FieldBusException">The broker and this end do not trust each other, or it refuses us: no further try would mend that.</exception>
    public Task ReadyAsync(CancellationToken cancel) => ready.Task.WaitAsync(cancel);

    /// <summary>Begins to connect, where the constructor did not. To be called once.</summary>
    public void Start() => thread.Start();

    /// <summary>Sends, or waits while too much is on its way already.</summary>
    /// <returns>False when the message is lost: there is no connection, or it broke meanwhile.</returns>
    public async ValueTask<bool> PublishAsync(string topic, byte[] payload, int qos, bool retain, CancellationToken cancel)
    {
        await window.EnterAsync(cancel);
        if (Publish(topic, payload, qos, retain)) return true;
        window.Leave(1);
        return false;
    }

    /// <summary>Sends at once, past the window: for the client's own thread.</summary>
    public bool PublishNow(string topic, byte[] payload, int qos, bool retain)
    {
        lock (unconfirmed)
        {
            if (LibMosquitto.Publish(client, out var id, topic, payload.Length, payload, qos, retain) != LibMosquitto.Success) return false;
            pastWindow.Add(id);
            return true;
        }
    }

    /// <summary>Sends a retained message with QoS 1 and waits until the broker has it, and all before it: for the end.</summary>
    /// <returns>False when there is no connection, or the broker did not confirm in time.</returns>
    public async Task<bool> PublishLastAsync(string topic, byte[] payload, TimeSpan patience)
    {
        if (!Publish(topic, payload, 1, retain: true)) return false;
        for (var waited = TimeSpan.Zero; waited < patience && isUp; waited += ConfirmationBeat)
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
        SpinWait.SpinUntil(() => !isUp || HasGoneOut(), LastPatience);
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
            if (!isUp || LibMosquitto.Publish(client, out var id, topic, payload.Length, payload, qos, retain) != LibMosquitto.Success) return false;
            unconfirmed.Add(id);
            return true;
        }
    }

    private void Run()
    {
        var pause = firstPause;
        while (!stop.IsSet)
        {
            var error = LibMosquitto.Connect(client, address.Host, address.Port, KeepAliveSeconds);
            while (error == LibMosquitto.Success && !stop.IsSet)
            {
                error = LibMosquitto.Loop(client, LoopMilliseconds, 1);
                if (isUp) pause = firstPause;
            }

            Broken();
            if (stop.IsSet) return;
            Explain(error);
            if (stop.Wait(pause)) return;
            pause = TimeSpan.FromSeconds(Math.Min(30, pause.TotalSeconds * 2));
        }
    }

    /// <summary>Says why there is no connection; when it never was there and trying again is of no use, whoever waits for it is told so.</summary>
    private void Explain(int error)
    {
        var system = LibMosquitto.LastSystemError();
        var lasting = refusal != 0 ? $"the broker refuses the connection: {LibMosquitto.Refusal(refusal)}. Check user and password" : TlsDiagnosis.Of(address);
        var text = $"no connection to {address}: {lasting ?? (error == LibMosquitto.SystemError ? system : LibMosquitto.Error(error)).TrimEnd('.')}.";
        if (lasting is not null && Connections == 0) ready.TrySetException(new FieldBusException(text));
        if (text != lastTrouble) trouble(text + " It is tried again.");
        lastTrouble = text;
    }

    private void Broken()
    {
        var wasUp = isUp;
        isUp = false;
        lock (unconfirmed)
        {
            window.Leave(unconfirmed.Count);
            unconfirmed.Clear();
            pastWindow.Clear();
        }

        if (wasUp && !stop.IsSet) LinkChanged?.Invoke(false);
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
        foreach (var (topic, qos) in subscriptions) _ = LibMosquitto.Subscribe(client, out _, topic, qos);
        if (subscriptions.Count == 0) Up();
    }

    private void Subscribed()
    {
        if (++answered == subscriptions.Count) Up();
    }

    private void Up()
    {
        Interlocked.Increment(ref connections);
        lastTrouble = "";
        // First what is to be said at a connect: nothing that another thread sends may overtake it.
        connected(this);
        isUp = true;
        ready.TrySetResult();
        LinkChanged?.Invoke(true);
    }

    private static void Require(int error)
    {
        if (error != LibMosquitto.Success) throw new FieldBusException($"the bus cannot be opened: {LibMosquitto.Error(error)}. Check its address and its files.");
    }

    private static MqttClient Of(nint context) => (MqttClient)GCHandle.FromIntPtr(context).Target!;

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
    private static unsafe void OnMessage(nint handle, nint context, LibMosquitto.Message* message) => Of(context).received(
        Marshal.PtrToStringUTF8((nint)message->Topic) ?? "", new(message->Payload, message->PayloadLength), message->Qos, message->Retain != 0);
}
