using System.Net;
using System.Net.Sockets;
using TrafficAI.FieldBus.Mqtt;

namespace TrafficAI.FieldBus.Conformance;

/// <summary>Passes bytes between a controller and the broker, so that the link between them can be cut. It looks at nothing: TLS goes through.</summary>
public sealed class Relay : IDisposable
{
    private readonly TcpListener listener;
    private readonly (string Host, int Port) broker;
    private readonly CancellationTokenSource end = new();
    private readonly List<TcpClient> open = [];
    private bool isCut;

    /// <param name="port">To listen on, on all addresses of this machine; 0 for any.</param>
    /// <exception cref="FieldBusException">The port is taken.</exception>
    public Relay(int port, string host, int brokerPort)
    {
        broker = (host, brokerPort);
        listener = new(IPAddress.Any, port);
        try
        {
            listener.Start();
        }
        catch (SocketException e)
        {
            throw new FieldBusException($"--relay {port}: {e.Message}. Choose another port.");
        }

        _ = AcceptAsync();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Breaks every connection, and lets none come about.</summary>
    public void Cut()
    {
        lock (open)
        {
            isCut = true;
            foreach (var client in open) client.Dispose();
            open.Clear();
        }
    }

    /// <summary>Lets connections come about again.</summary>
    public void Mend()
    {
        lock (open) isCut = false;
    }

    public void Dispose()
    {
        Cut();
        end.Cancel();
        listener.Dispose();
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                _ = PassAsync(await listener.AcceptTcpClientAsync(end.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // Ended, or somebody who came has gone again: the loop looks which.
            }
        }
    }

    private async Task PassAsync(TcpClient near)
    {
        var far = new TcpClient { NoDelay = true };
        near.NoDelay = true;
        try
        {
            if (!TryOpen(near, far)) return;
            await far.ConnectAsync(broker.Host, broker.Port, end.Token);
            await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), end.Token), far.GetStream().CopyToAsync(near.GetStream(), end.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException or IOException or InvalidOperationException)
        {
            // Cut, or one end has gone: so does the other.
        }
        finally
        {
            near.Dispose();
            far.Dispose();
        }
    }

    private bool TryOpen(TcpClient near, TcpClient far)
    {
        lock (open)
        {
            if (isCut) return false;
            open.AddRange([near, far]);
            return true;
        }
    }
}
