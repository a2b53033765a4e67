using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace TrafficAI.FieldBus.Tests;

/// <summary>A real mosquitto on loopback, on a port that was free.</summary>
internal sealed class Broker : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trafficai-broker").FullName;
    private Process? process;

    public Broker()
        : this((_, port) => string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nset_tcp_nodelay true\n"))
    {
    }

    /// <param name="configuration">What stands in mosquitto.conf, given the folder that it is started in and its port.</param>
    public Broker(Func<string, int, string> configuration)
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        File.WriteAllText(Configuration, configuration(folder, Port));
        Start();
    }

    public int Port { get; }

    private string Configuration => Path.Combine(folder, "mosquitto.conf");

    public void Start()
    {
        var program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        process = Process.Start(new ProcessStartInfo(program, ["-c", Configuration])
        {
            RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder,
        })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        for (var tries = 0; !Answers(); tries++)
        {
            if (tries > 200 || process.HasExited) throw new InvalidOperationException("mosquitto does not start");
            Thread.Sleep(25);
        }
    }

    /// <summary>It reads its certificates and lists anew.</summary>
    public void Reload()
    {
        using var hang = Process.Start("kill", ["-HUP", string.Create(CultureInfo.InvariantCulture, $"{process!.Id}")]);
        hang.WaitForExit();
    }

    public void Kill()
    {
        process!.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    public void Dispose()
    {
        if (process is { HasExited: false }) Kill();
        Directory.Delete(folder, recursive: true);
    }

    private bool Answers()
    {
        try
        {
            using var client = new TcpClient();
            client.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
