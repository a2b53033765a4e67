using System.Diagnostics;
using System.Globalization;

namespace TrafficAI.FieldBus.Tests;

/// <summary>A real mosquitto with the configuration, the rights and certificates of <c>firmware-contracts/broker</c>; only its port is another.</summary>
internal sealed class SecureBroker : IDisposable
{
    private readonly string certificates = Directory.CreateTempSubdirectory("trafficai-certificates").FullName;
    private readonly string checkout;
    private readonly Broker broker;

    /// <param name="checkout">Folder of the sources.</param>
    /// <param name="own">Whose certificate the broker shows.</param>
    public SecureBroker(string checkout, string[] controllers, string own = "broker")
    {
        this.checkout = checkout;
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
        Run(Path.Combine(checkout, "firmware-contracts", "broker", "make-certificates.sh"), [folder, "localhost", .. controllers]);
    }

    /// <summary>Revokes certificates by name, and tells the broker, which obeys soon. Of two lists of the same second it would take the first.</summary>
    public void Revoke(params string[] names)
    {
        Thread.Sleep(TimeSpan.FromSeconds(1.1));
        Run(Path.Combine(checkout, "firmware-contracts", "broker", "revoke-certificate.sh"), [certificates, .. names]);
        broker.Reload();
    }

    public string PathOf(string name) => Path.Combine(certificates, name);

    /// <summary>The URL of the bus for the owner of a certificate.</summary>
    public string Url(string owner) => Url("localhost", $"?ca={PathOf("ca.crt")}&cert={PathOf($"{owner}.crt")}&key={PathOf($"{owner}.key")}");

    public string Url(string host, string query) => string.Create(CultureInfo.InvariantCulture, $"mqtts://{host}:{Port}/{City}{query}");

    private static void Run(string script, string[] arguments)
    {
        using var run = Process.Start(new ProcessStartInfo(script, arguments) { RedirectStandardError = true })!;
        var complaint = run.StandardError.ReadToEnd();
        run.WaitForExit();
        if (run.ExitCode != 0) throw new InvalidOperationException(complaint);
    }

    public void Dispose()
    {
        broker.Dispose();
        Directory.Delete(certificates, recursive: true);
    }
}
