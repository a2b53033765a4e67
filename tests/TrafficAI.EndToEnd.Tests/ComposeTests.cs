using TrafficAI.FieldBus.Tests;
using YamlDotNet.RepresentationModel;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>What docker-compose.yml says, tried without containers: the files as it mounts them, laid out in a folder, and the server's own command.</summary>
public sealed class ComposeTests : IDisposable
{
    private readonly FieldSite<SecureBroker> site = new(new(Checkout.Root(), ["centre"]));
    private readonly YamlMappingNode services;

    public ComposeTests()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Checkout.Root(), "docker-compose.yml"));
        yaml.Load(text);
        services = (YamlMappingNode)yaml.Documents[0].RootNode["services"];
    }

    public void Dispose() => site.Dispose();

    [Fact]
    public void The_broker_finds_every_file_that_its_configuration_names()
    {
        Mount("broker");
        var folder = In((string)services["broker"]["working_dir"]!);
        var named = File.ReadLines(Path.Combine(folder, "mosquitto.conf")).Select(line => line.Split(' ')).Where(words => words[0].EndsWith("file", StringComparison.Ordinal)).ToList();
        Assert.Equal(["cafile", "certfile", "keyfile", "crlfile", "acl_file"], named.Select(words => words[0]));
        Assert.All(named, words => Assert.True(File.Exists(Path.Combine(folder, words[1])), words[1]));
        Assert.Contains("listener " + ((string)services["broker"]["ports"][0]!).Split(':')[1], File.ReadLines(Path.Combine(folder, "mosquitto.conf")));
    }

    [Fact]
    public async Task The_server_gets_in_with_its_own_command_and_mounts()
    {
        await site.WriteSiteAsync();
        Mount("server");
        var arguments = ((YamlSequenceNode)services["server"]["command"]).Select(argument => ((string)argument!)
            .Replace("mqtts://broker/", $"mqtts://localhost:{site.Broker.Port}/", StringComparison.Ordinal)
            .Replace("/site/", In("/site/"), StringComparison.Ordinal)
            .Replace("/data/", In("/data/"), StringComparison.Ordinal));
        using var serve = Command.Start([], [.. arguments]);
        await serve.SaysAsync($"1 intersections at mqtts://localhost:{site.Broker.Port}/demo");
    }

    [Fact]
    public void No_key_gets_into_an_image()
    {
        var kept = File.ReadLines(Path.Combine(Checkout.Root(), ".dockerignore")).Where(line => !line.StartsWith('#')).ToList();
        Assert.Equal("*", kept[0]);
        Assert.All(kept.Skip(1), line => Assert.True(line.StartsWith('!') && !line.Contains("site", StringComparison.Ordinal), line));
    }

    /// <summary>Without the rules of the analysers a build has other errors.</summary>
    [Fact]
    public void The_image_is_built_from_files_that_are_there_and_get_in()
    {
        var kept = File.ReadLines(Path.Combine(Checkout.Root(), ".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]).ToList();
        var copied = File.ReadLines(Path.Combine(Checkout.Root(), "Dockerfile")).Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).ToList();
        Assert.Contains(".editorconfig", copied);
        Assert.All(copied, path => Assert.True(kept.Contains(path) && Path.Exists(Path.Combine(Checkout.Root(), path)), path));
    }

    private string In(string path) => site.File("root") + path;

    /// <summary>Lays out what a service mounts; what each site makes for itself comes from the test.</summary>
    private void Mount(string service)
    {
        foreach (var volume in ((YamlSequenceNode)services[service]["volumes"]).Select(v => ((string)v!).Split(':')))
        {
            var target = In(volume[1]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (volume[0].StartsWith("./site/certificates/", StringComparison.Ordinal)) File.CreateSymbolicLink(target, site.Broker.PathOf(Path.GetFileName(volume[0])));
            else if (volume[0] == "./site/keys.txt") File.CreateSymbolicLink(target, site.Keys);
            else if (!volume[0].StartsWith('.')) Directory.CreateDirectory(target);
            else
            {
                var source = Path.Combine(Checkout.Root(), volume[0]);
                Assert.True(Path.Exists(source), source);
                File.CreateSymbolicLink(target, source);
            }
        }
    }
}
