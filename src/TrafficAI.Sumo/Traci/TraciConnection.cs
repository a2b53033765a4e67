using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TrafficAI.Sumo.Traci;

/// <summary>The socket to one SUMO process: a message goes, an answer comes. Not thread-safe.</summary>
/// <exception cref="IOException">From every method: the connection has gone, or nothing came in time.</exception>
internal sealed class TraciConnection : IDisposable
{
    private const int LongestAnswerBytes = 1 << 29;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);
    private readonly Socket socket;
    private readonly Func<bool> peerIsGone;
    private readonly TimeSpan patience;
    private byte[] buffer = new byte[64 * 1024];

    private TraciConnection(Socket socket, Func<bool> peerIsGone, TimeSpan patience)
    {
        this.socket = socket;
        this.peerIsGone = peerIsGone;
        this.patience = patience;
    }

    /// <summary>Connects, again and again while the process starts.</summary>
    /// <param name="peerIsGone">Whether the process has ended: then waiting is in vain.</param>
    /// <param name="patience">The longest wait for the connection, and later for each answer.</param>
    public static TraciConnection Open(int port, Func<bool> peerIsGone, TimeSpan patience)
    {
        var deadline = DateTime.UtcNow + patience;
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(IPAddress.Loopback, port);
                socket.ReceiveTimeout = (int)Poll.TotalMilliseconds;
                socket.SendTimeout = (int)patience.TotalMilliseconds;
                return new(socket, peerIsGone, patience);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                if (peerIsGone() || DateTime.UtcNow > deadline)
                    throw new IOException("no connection", e);
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>Sends the message and gives the answer, which is valid until the next call.</summary>
    public ReadOnlySpan<byte> Exchange(TraciWriter message)
    {
        try
        {
            for (var rest = message.Message(); rest.Length > 0;)
                rest = rest[socket.Send(rest)..];
        }
        catch (SocketException e)
        {
            throw new IOException("the connection broke", e);
        }
        Receive(0, 4);
        var length = BinaryPrimitives.ReadInt32BigEndian(buffer) - 4;
        if (length is < 0 or > LongestAnswerBytes)
            throw new IOException($"an answer of {length} bytes is announced");
        Receive(0, length);
        return buffer.AsSpan(0, length);
    }

    /// <summary>Fills the buffer; it grows only with the bytes that really come.</summary>
    private void Receive(int from, int until)
    {
        var deadline = DateTime.UtcNow + patience;
        while (from < until)
        {
            if (from == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var got = ReceiveSome(from, Math.Min(until, buffer.Length), deadline);
            if (got == 0)
                throw new IOException("the connection was closed");
            from += got;
        }
    }

    private int ReceiveSome(int from, int until, DateTime deadline)
    {
        while (true)
        {
            try
            {
                return socket.Receive(buffer.AsSpan(from, until - from));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock or SocketError.Interrupted)
            {
                if (peerIsGone())
                    throw new IOException("the connection was closed", e);
                if (DateTime.UtcNow > deadline)
                    throw new IOException($"no answer for {patience.TotalSeconds:0} s", e);
            }
            catch (SocketException e)
            {
                throw new IOException("the connection broke", e);
            }
        }
    }

    public void Dispose() => socket.Dispose();
}
