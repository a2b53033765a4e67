namespace TrafficAI.EndToEnd.Tests;

/// <summary>What a test of the field contract needs: a broker, and a folder with the site file and the keys of four-arm, which goes away.</summary>
internal sealed class FieldSite<TBroker>(TBroker broker) : IDisposable
    where TBroker : IDisposable
{
    private readonly Checkout files = new();

    public TBroker Broker { get; } = broker;

    /// <summary>What serves the site: --log and --site, without --bus.</summary>
    public string[] Server => ["--log", File("serve.db"), "--site", File("site.yaml")];

    public string Keys => File("keys.txt");

    public string File(string name) => files.File(name);

    public Task WriteAsync(string name, string text) => System.IO.File.WriteAllTextAsync(File(name), text, TestContext.Current.CancellationToken);

    /// <summary>Writes site.yaml and new keys.</summary>
    /// <param name="options">Lines of the site file beside scenario and keys.</param>
    public async Task WriteSiteAsync(string options = "", string? scenario = null)
    {
        await WriteAsync("site.yaml", $"scenario: {scenario ?? Checkout.FourArm}\nkeys: keys.txt\n{options}");
        using var keys = await Command.RunAsync("controllers", scenario ?? Checkout.FourArm, "--new-keys", Keys);
        Assert.True(keys.ExitCode == 0, keys.Errors);
    }

    /// <summary>The key of the only controller, in hexadecimal.</summary>
    public async Task<string> KeyAsync() => (await System.IO.File.ReadAllTextAsync(Keys, TestContext.Current.CancellationToken)).Trim().Split(' ')[1];

    public void Dispose()
    {
        Broker.Dispose();
        files.Dispose();
    }
}
