using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TrafficAI.Sumo;

/// <summary>A free port of this machine that no other engine takes until it is given back: two that start SUMO at the same time could else be
/// given the same one, and one of them would talk to the other's SUMO.</summary>
internal sealed class ReservedPort : IDisposable
{
    private readonly FileStream mark;

    private ReservedPort(int number, FileStream mark) => (Number, this.mark) = (number, mark);

    public int Number { get; }

    public static ReservedPort Take()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var number = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (TryMark(number) is { } mark) return new(number, mark);
        }
    }

    /// <summary>Gives the port back; the mark goes with the process at the latest.</summary>
    public void Dispose() => mark.Dispose();

    private static FileStream? TryMark(int number)
    {
        var path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"trafficai-port-{number}"));
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
