using System.Diagnostics;
using System.Globalization;

namespace TrafficAI.FieldBus.Tests;

/// <summary>A real mosquitto with the configuration, the rights and certificates of <c>firmware-contracts/broker</c>; only its port is another.</summary>
internal sealed class SecureBroker : IDisposable
{
    private readonly string certificates = Directory.CreateTempSubdirectory("trafficai-certificates").FullName;
    private readonly Broker broker;

    /// <param name="checkout">Folder of the sources.</param>
    /// <param name="own">Whose certificate the broker shows.</param>
    public SecureBroker(string checkout, string[] controllers, string own = "broker")
    {
        var sources = Path.Combine(checkout, "firmware-contracts", "broker");
        Make(checkout, certificates, controllers);
        broker = new((folder, port) =>
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, "certificates"), certificates);
            File.Copy(Path.Combine(sources, "acl"), Path.Combine(folder, "acl"));
            return File.ReadAllText(Path.Combine(sources, "mosquitto.conf"))
                .Replace("listener 8883", string.Create(CultureInfo.InvariantCulture, $"listener {port} 127.0.0.1\nuser {Environment.UserName}"), StringComparison.Ordinal)
                .Replace("certificates/broker.", $"certificates/{own}.", StringComparison.Ordinal);
        });
    }

    /// <summary>The city that the rights name.</summary>
    public static string City => "demo";

    public int Port => broker.Port;

    /// <summary>Makes an authority of its own, the broker's certificate for localhost, the server's, and those of controllers.</summary>
    public static void Make(string checkout, string folder, params string[] controllers)
    {
        var script = Path.Combine(checkout, "firmware-contracts", "broker", "make-certificates.sh");
        using var made = Process.Start(new ProcessStartInfo(script, [folder, "localhost", .. controllers]) { RedirectStandardError = true })!;
        var complaint = made.StandardError.ReadToEnd();
        made.WaitForExit();
        if (made.ExitCode != 0) throw new InvalidOperationException(complaint);
    }

    public string PathOf(string name) => Path.Combine(certificates, name);

    /// <summary>The URL of the bus for the owner of a certificate.</summary>
    public string Url(string owner) => Url("localhost", $"?ca={PathOf("ca.crt")}&cert={PathOf($"{owner}.crt")}&key={PathOf($"{owner}.key")}");

    public string Url(string host, string query) => string.Create(CultureInfo.InvariantCulture, $"mqtts://{host}:{Port}/{City}{query}");

    public void Dispose()
    {
        broker.Dispose();
        Directory.Delete(certificates, recursive: true);
    }
}
