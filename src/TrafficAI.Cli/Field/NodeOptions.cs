using System.CommandLine;
using System.Globalization;
using TrafficAI.Runtime;

namespace TrafficAI.Cli.Field;

/// <summary>What makes a server one of several nodes that share a site.</summary>
public sealed class NodeOptions
{
    private const int MostParts = 256;

    private readonly Option<string?> node = new("--node")
    {
        Description = "Share the site with other servers (docs/serve.md): host:port of this one, as the others reach it. All have the same --log, on a disk that all see, --site, --seeds and --parts.",
    };

    private readonly Option<string?> bind = new("--node-bind") { Description = "With --node: host:port where it listens, if something lies between it and the others. Default: --node." };

    private readonly Option<string?> seeds = new("--seeds") { Description = "With --node: host:port of the nodes to join, with commas between them, the same list everywhere; the first of them may begin alone. Default: --node itself." };

    private readonly Option<int> parts = new("--parts") { Description = "With --node: into how many parts the intersections are shared out.", DefaultValueFactory = _ => 8 };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { node, bind, seeds, parts }) command.Options.Add(option);
    }

    /// <returns>Null where the server is the only one.</returns>
    /// <exception cref="InputException">An address is none, or the log is not in a file.</exception>
    public (NodePlace Place, int Parts)? Read(ParseResult parsed, string log)
    {
        if (parsed.GetValue(node) is not { } own) return null;
        if (log.Contains("://", StringComparison.Ordinal) || log.StartsWith("memory:", StringComparison.Ordinal))
            throw new InputException($"--node needs a log in files, whose locks say who serves a part, and {Adapters.Shown(log)} is none. Name a path that all nodes see.");
        var others = (parsed.GetValue(seeds) ?? own).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(other => Address("--seeds", other));
        var place = new NodePlace(Address("--node", own), Address("--node-bind", parsed.GetValue(bind) ?? own), [.. others], LeaseOf(log));
        return (place, ScenarioOptions.InRange("--parts", parsed.GetValue(parts), 1, MostParts));
    }

    private static string LeaseOf(string log)
    {
        var path = log.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) ? log["sqlite:".Length..] : log;
        return Path.GetFullPath(path) + "-lease";
    }

    private static NodeAddress Address(string option, string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536
            ? new(text[..colon], port)
            : throw new InputException($"{option}: '{text}' is no host:port. Write it like 127.0.0.1:4053.");
    }
}
