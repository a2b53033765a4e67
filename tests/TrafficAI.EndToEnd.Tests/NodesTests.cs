using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TrafficAI.Cli;
using TrafficAI.FieldBus.Tests;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Two servers share a site behind a real broker, and one of them is killed.</summary>
public sealed class NodesTests : IDisposable
{
    private const int Parts = 2;
    private const int Intersections = 8;

    private readonly FieldSite<Broker> site = new(new());
    private readonly int[] ports = [FreePort(), FreePort()];

    private string Bus => string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{site.Broker.Port}/demo");

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task When_a_node_is_killed_the_other_serves_its_intersections_before_they_fall_back_and_nothing_is_lost()
    {
        if (NamedPackages.AkkaNodes is null) Assert.Skip("this build has no Akka.NET");
        await site.WriteSiteAsync(scenario: Checkout.Corridor);
        using var first = Start(0);
        using var second = Start(1);
        await UntilAsync(() => Serves(first).Count == Parts / 2 && Serves(second).Count == Parts / 2);
        using var street = Command.Start(
            [], "controllers", Checkout.Corridor, "--engine", "builtin", "--bus", Bus, "--keys", site.Keys, "--pace", "real", "--end", "600", "--diary", site.File("diary.tsv"));
        await street.SaysAsync("controllers:   0 %");
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        var lost = Serves(first);
        first.Kill();
        await UntilAsync(() => lost.IsSubsetOf(Serves(second)));
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
        await street.StopAsync();
        Assert.DoesNotContain("ALARM", street.Errors, StringComparison.Ordinal);
        await second.StopAsync();
        Assert.True(second.ExitCode == 0, second.Errors);

        await AssertDrivenAsync(lost);
        for (var part = 1; part <= Parts; part++)
        {
            using var replay = await Command.RunAsync("replay", Log(part), "--verify");
            Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
            using var check = await Command.RunAsync("check", Log(part));
            Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        }
    }

    [Theory]
    [InlineData("--node: 'elsewhere' is no", "elsewhere", "day.db")]
    [InlineData("whose locks say who serves a part", "127.0.0.1:4053", "memory:")]
    public async Task A_node_that_cannot_share_is_refused_in_one_line(string part, string node, string log)
    {
        await site.WriteSiteAsync();
        await Command.RefusedAsync(part, "serve", "--bus", Bus, "--log", log, "--site", site.File("site.yaml"), "--node", node);
    }

    /// <summary>Once a plan was obeyed, every controller stayed on plans, and those of the killed node obeyed a higher epoch in the end.</summary>
    private async Task AssertDrivenAsync(HashSet<int> lost)
    {
        var lines = (await File.ReadAllLinesAsync(site.File("diary.tsv"), TestContext.Current.CancellationToken)).Skip(1).Select(line => line.Split('\t')).ToList();
        Assert.All(lines, line => Assert.Equal("safe", line[14]));
        var all = lines.GroupBy(line => line[1]).ToList();
        Assert.Equal(Intersections, all.Count);
        Assert.All(all, own => Assert.All(own.SkipWhile(line => line[4] != "plan"), line => Assert.Equal("plan", line[4])));
        var risen = all.Count(own => own.Where(line => line[9].Length > 0).Select(line => line[9]).Distinct().Count() > 1);
        Assert.Equal(lost.Count * Intersections / Parts, risen);
    }

    private Command Start(int node) => Command.Start(
        [], "serve", "--bus", Bus, "--log", site.File("day.db"), "--site", site.File("site.yaml"), "--parts", $"{Parts}",
        "--node", Address(node), "--seeds", $"{Address(0)},{Address(1)}");

    private string Address(int node) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{ports[node]}");

    private string Log(int part) => site.File(string.Create(CultureInfo.InvariantCulture, $"day-part-{part}-of-{Parts}.db"));

    /// <summary>The parts that a node serves, by what it says.</summary>
    private static HashSet<int> Serves(Command node)
    {
        var parts = new HashSet<int>();
        foreach (var words in node.Errors.Split('\n').Where(line => line.StartsWith("serve: part ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
        {
            var number = int.Parse(words[2], CultureInfo.InvariantCulture);
            if (words[^1] == "Ctrl-C") parts.Add(number);
            else if (words[5] == "handed") parts.Remove(number);
        }

        return parts;
    }

    private static async Task UntilAsync(Func<bool> holds)
    {
        for (var tries = 0; !holds(); tries++)
        {
            Assert.True(tries < 600, "it did not come about within 60 s");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
