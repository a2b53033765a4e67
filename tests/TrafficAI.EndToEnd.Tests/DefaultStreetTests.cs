using System.Text.Json;
using System.Xml.Linq;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>Where nobody names an engine the built-in street drives: without SUMO, and saying what it leaves out.</summary>
public sealed class DefaultStreetTests : IDisposable
{
    private const string LeftOut = "the built-in street leaves out carFollowModel \"IDM\" (Krauss instead) (1 in all). Use --engine sumo if it matters.";

    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("simulate", "--strategy", "fixed")]
    [InlineData("compare", "--strategies", "fixed,actuated", "--seeds", "1-2")]
    [InlineData("coordinate", "--seeds", "1")]
    public async Task Needs_no_Sumo_and_names_once_what_it_leaves_out(string command, params string[] options)
    {
        var json = files.File("figures.json");
        using var run = Command.Start([("SUMO_BINARY", files.File("no-sumo"))], [command, Scenario(), "--end", "60", .. options, "--json", json]);
        await run.EndAsync();
        Assert.True(run.ExitCode == 0, run.Errors);
        var note = Assert.Single(run.Errors.Split('\n'), line => line.Contains("leaves out", StringComparison.Ordinal));
        Assert.StartsWith("trafficai: note: ", note, StringComparison.Ordinal);
        Assert.EndsWith(LeftOut, note, StringComparison.Ordinal);
        if (command != "coordinate") Assert.Equal("builtin", JsonDocument.Parse(await File.ReadAllTextAsync(json, TestContext.Current.CancellationToken)).RootElement.GetProperty("engine").GetString());
    }

    private string Scenario()
    {
        var (routes, config) = (files.File("more.rou.xml"), files.File("street.sumocfg"));
        new XElement("routes", new XElement("vType", new XAttribute("id", "clever"), new XAttribute("carFollowModel", "IDM"))).Save(routes);
        string[] all = [Path.Combine(Checkout.Corridor, "corridor.rou.xml"), routes];
        new XElement(
            "configuration",
            new XElement(
                "input", new XElement("net-file", new XAttribute("value", Path.Combine(Checkout.Corridor, "corridor.net.xml"))),
                new XElement("route-files", new XAttribute("value", string.Join(',', all))))).Save(config);
        return config;
    }
}
