using System.Text;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Passwords and keys stay where they were put: nothing that is printed or recorded holds one.</summary>
public sealed class SecretTests : IDisposable
{
    private const string Password = "pa55w0rd-of-the-bus";

    private static readonly string[] PrivateKeys = ["server.key", "centre.key", "ca.key"];

    private readonly FieldSite<SecureBroker> site = new(new(Checkout.Root(), ["centre"]));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task No_secret_reaches_the_output_or_the_log_of_a_run_over_TLS()
    {
        var secrets = await WriteSiteAsync();
        using var serve = Command.Start([], ["serve", "--bus", Url("server"), .. site.Server]);
        await serve.SaysAsync("1 intersections at mqtts://");
        using var street = await Command.RunAsync("controllers", Checkout.FourArm, "--bus", Url("centre"), "--keys", site.File("keys.txt"), "--class", "S", "--sensing", "loops", "--end", "60");
        Assert.True(street.ExitCode == 0, street.Errors);
        await serve.StopAsync();
        using var export = await Command.RunAsync("log", "export", site.File("serve.db"), site.File("serve.jsonl"));
        using var explain = await Command.RunAsync("explain", site.File("serve.db"), "--at", "00:00:30", "--json", site.File("serve.json"));
        Assert.True(explain.ExitCode == 0, explain.Errors);

        foreach (var run in new[] { serve, street, export, explain }) Clean(secrets, Encoding.UTF8.GetBytes(run.Output + run.Errors), "what was printed");
        var written = Directory.GetFiles(Path.GetDirectoryName(site.File("serve.db"))!, "serve*").ToList();
        Assert.True(written.Count >= 3);
        foreach (var file in written) Clean(secrets, await File.ReadAllBytesAsync(file, Cancel), file);
    }

    [Fact]
    public async Task No_refusal_quotes_a_secret()
    {
        var secrets = await WriteSiteAsync();
        string[] addresses =
        [
            $"mqtt://operator:{Password}@localhost", $"mqtts://operator:{Password}@localhost/demo", $"http://operator:{Password}@localhost/demo",
            $"mqtt://operator:{Password}@local host/demo", $"mqtt://operator:{Password}@localhost/demo?password={Password}", $"mqtt://operator:{Password}@localhost:99999/demo",
            Url("server").Replace("ca=", "ca=/nowhere", StringComparison.Ordinal), Url("server").Replace("localhost", "127.0.0.1", StringComparison.Ordinal),
        ];
        foreach (var address in addresses)
        {
            using var run = await Command.RunAsync("serve", "--bus", address, "--log", site.File($"{Guid.NewGuid():N}.db"), "--site", site.File("site.yaml"));
            Assert.Equal(2, run.ExitCode);
            Assert.Single(run.Complaints);
            Clean(secrets, Encoding.UTF8.GetBytes(run.Output + run.Errors), run.Errors);
        }

        var key = (await File.ReadAllTextAsync(site.File("keys.txt"), Cancel)).TrimEnd();
        await File.WriteAllTextAsync(site.File("keys.txt"), $"{key}\n{key} again\n{key}\n", Cancel);
        using var broken = await Command.RunAsync("serve", "--bus", Url("server"), "--log", site.File("broken.db"), "--site", site.File("site.yaml"));
        Assert.Contains("keys.txt:2: ", Assert.Single(broken.Complaints), StringComparison.Ordinal);
        Clean(secrets, Encoding.UTF8.GetBytes(broken.Output + broken.Errors), broken.Errors);
    }

    private static void Clean(List<byte[]> secrets, byte[] bytes, string where)
    {
        foreach (var secret in secrets) Assert.True(bytes.AsSpan().IndexOf(secret) < 0, $"a secret stands in {where}");
    }

    private string Url(string owner) => site.Broker.Url(owner).Replace("mqtts://", $"mqtts://operator:{Password}@", StringComparison.Ordinal);

    /// <returns>What must not be seen: the password, the controller's key as text and as bytes, and lines of the private keys.</returns>
    private async Task<List<byte[]>> WriteSiteAsync()
    {
        await site.WriteSiteAsync("class: S\nsensing: loops\n");
        var digits = await site.KeyAsync();
        var lines = PrivateKeys.Select(name => File.ReadAllLines(site.Broker.PathOf(name))[1]);
        return [Convert.FromHexString(digits), .. new[] { Password, digits, digits.ToUpperInvariant() }.Concat(lines).Select(Encoding.UTF8.GetBytes)];
    }
}
