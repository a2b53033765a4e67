using System.Diagnostics;
using System.Runtime.InteropServices;

namespace TrafficAI.FieldBus.Mqtt;

/// <summary>Many connections to one broker, each with one subscription, served by the thread that calls <see cref="Poll"/>: libmosquitto's own loop
/// takes a thread and a select for each. A connection that breaks is tried again every second.</summary>
/// <remarks>Linux only. All members are for one thread.</remarks>
public sealed class MqttPool : IDisposable
{
    private const int KeepAliveSeconds = 30;

    private readonly MqttAddress address;
    private readonly MessageHandler received;
    private readonly Action<int> connected;
    private readonly List<Connection> connections = [];
    private readonly Epoll epoll = new();
    private long lastCare = Stopwatch.GetTimestamp();

    /// <param name="connected">Called with the number of a connection whenever it has come about and subscribed.</param>
    public MqttPool(MqttAddress address, MessageHandler received, Action<int> connected)
    {
        (this.address, this.received, this.connected) = (address, received, connected);
        if (TlsDiagnosis.OfFiles(address) is { } complaint) throw new FieldBusException($"no connection to {address}: {complaint}.");
    }

    /// <summary>What arrives at a connection; the payload is valid during the call only.</summary>
    public delegate void MessageHandler(int connection, ReadOnlySpan<byte> payload);

    /// <summary>Connections that are up.</summary>
    public int Up { get; private set; }

    /// <summary>Connections that broke.</summary>
    public long Broken { get; private set; }

    public bool IsUp(int connection) => connections[connection].IsUp;

    /// <summary>One more connection, which begins to connect; its number is the count of those before it.</summary>
    /// <param name="topic">What it hears, with QoS 0.</param>
    public void Add(string topic, (string Topic, byte[] Payload) will)
    {
        var connection = new Connection(this, connections.Count, topic);
        if (address.User is { } user) _ = LibMosquitto.SetPassword(connection.Client, user, address.Password);
        if (address.Authority is { } authority) _ = LibMosquitto.SetTls(connection.Client, authority, null, address.Certificate, address.Key, 0);
        _ = LibMosquitto.SetWill(connection.Client, will.Topic, will.Payload.Length, will.Payload, 1, retain: true);
        connections.Add(connection);
        Connect(connection);
    }

    /// <returns>False when the message is lost: the connection is not up.</returns>
    public bool Publish(int connection, string topic, byte[] payload, int qos, bool retain)
    {
        var own = connections[connection];
        var isSent = own.IsUp && LibMosquitto.Publish(own.Client, out _, topic, payload.Length, payload, qos, retain) == LibMosquitto.Success;
        if (isSent) Watch(own);
        return isSent;
    }

    /// <summary>Deals with what has come and what waits to go out.</summary>
    /// <param name="milliseconds">Waits so long when there is nothing.</param>
    public void Poll(int milliseconds)
    {
        epoll.Wait(Work, milliseconds);
        if (Stopwatch.GetElapsedTime(lastCare) < TimeSpan.FromSeconds(1)) return;
        lastCare = Stopwatch.GetTimestamp();
        foreach (var connection in connections) Care(connection);
    }

    public void Dispose()
    {
        foreach (var connection in connections)
        {
            _ = LibMosquitto.Disconnect(connection.Client);
            connection.Dispose();
        }

        epoll.Dispose();
    }

    private void Connect(Connection own)
    {
        if (LibMosquitto.Connect(own.Client, address.Host, address.Port, KeepAliveSeconds) != LibMosquitto.Success) return;
        own.Socket = LibMosquitto.Socket(own.Client);
        own.Interest = Epoll.CanRead | Epoll.CanWrite;
        epoll.Add(own.Socket, own.Number, own.Interest);
    }

    private void Work(int number, uint can)
    {
        var own = connections[number];
        var error = LibMosquitto.Success;
        if ((can & ~Epoll.CanWrite) != 0) error = LibMosquitto.Read(own.Client, 1);
        if (error == LibMosquitto.Success && (can & Epoll.CanWrite) != 0) error = LibMosquitto.Write(own.Client, 1);
        if (error == LibMosquitto.Success) Watch(own);
        else Break(own);
    }

    /// <summary>Asks for writing only while something waits to go out.</summary>
    private void Watch(Connection own)
    {
        var interest = LibMosquitto.WantsToWrite(own.Client) ? Epoll.CanRead | Epoll.CanWrite : Epoll.CanRead;
        if (interest == own.Interest || own.Socket < 0) return;
        own.Interest = interest;
        epoll.Change(own.Socket, own.Number, interest);
    }

    private void Care(Connection own)
    {
        if (own.Socket < 0) Connect(own);
        else if (LibMosquitto.KeepAlive(own.Client) == LibMosquitto.Success) Watch(own);
        else Break(own);
    }

    // Libmosquitto has closed the socket, and with that epoll has forgotten it.
    private void Break(Connection own)
    {
        own.Socket = -1;
        Broken++;
        if (own.IsUp) Up--;
        own.IsUp = false;
    }

    private void Subscribed(Connection own)
    {
        if (!own.IsUp) Up++;
        own.IsUp = true;
        connected(own.Number);
    }

    [UnmanagedCallersOnly]
    private static void OnConnect(nint handle, nint context, int error)
    {
        var own = Connection.Of(context);
        if (error == 0) _ = LibMosquitto.Subscribe(own.Client, out _, own.Topic, 0);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnSubscribe(nint handle, nint context, int id, int count, int* granted)
    {
        var own = Connection.Of(context);
        own.Pool.Subscribed(own);
    }

    [UnmanagedCallersOnly]
    private static unsafe void OnMessage(nint handle, nint context, LibMosquitto.Message* message)
    {
        var own = Connection.Of(context);
        if (message->Retain == 0) own.Pool.received(own.Number, new(message->Payload, message->PayloadLength));
    }

    private sealed unsafe class Connection : IDisposable
    {
        private readonly GCHandle self;

        public Connection(MqttPool pool, int number, string topic)
        {
            (Pool, Number, Topic) = (pool, number, topic);
            self = GCHandle.Alloc(this);
            Client = LibMosquitto.New(GCHandle.ToIntPtr(self));
            if (Client == 0) throw new FieldBusException("no more connections: libmosquitto gives no client.");
            LibMosquitto.OnConnect(Client, &MqttPool.OnConnect);
            LibMosquitto.OnSubscribe(Client, &MqttPool.OnSubscribe);
            LibMosquitto.OnMessage(Client, &MqttPool.OnMessage);
        }

        public MqttPool Pool { get; }

        public int Number { get; }

        public string Topic { get; }

        public nint Client { get; }

        public int Socket { get; set; } = -1;

        public uint Interest { get; set; }

        public bool IsUp { get; set; }

        public static Connection Of(nint context) => (Connection)GCHandle.FromIntPtr(context).Target!;

        public void Dispose()
        {
            LibMosquitto.Destroy(Client);
            self.Free();
        }
    }
}
