using System.Xml.Linq;

namespace TrafficAI.EndToEnd.Tests;

/// <summary>An ambulance comes to the four-arm junction.</summary>
public sealed class PriorityTests : IDisposable
{
    private readonly Checkout files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("fixed")]
    [InlineData("adaptive")]
    public async Task An_ambulance_loses_less_time_than_a_car_in_its_place_and_the_run_replays_identically(string strategy)
    {
        var (emergency, car) = (await DelayAsync("emergency", strategy), await DelayAsync("passenger", strategy));
        Assert.True(emergency < car, $"{emergency} s against {car} s");

        using var replay = await Command.RunAsync("replay", files.File("emergency.db"), "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        Assert.Contains("identical", replay.Output, StringComparison.Ordinal);
        using var export = await Command.RunAsync("log", "export", files.File("emergency.db"), "-");
        Assert.Contains("an emergency vehicle comes on lane", export.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Buses_that_ask_lose_less_time_and_the_run_replays_identically()
    {
        var (plain, asking) = (await BusDelayAsync("plain"), await BusDelayAsync("asking", "--bus-priority", "40:120"));
        Assert.True(asking < plain, $"{asking} s against {plain} s");

        using var replay = await Command.RunAsync("replay", files.File("asking.db"), "--verify");
        Assert.True(replay.ExitCode == 0, replay.Output + replay.Errors);
        using var told = await Command.RunAsync("log", "show", files.File("asking.db"), "intersection-centre");
        Assert.Contains("its waiting counts as that of 10.0 cars", told.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bus-priority", "many")]
    [InlineData("--bus-priority", "40:120", "--sensing", "loops")]
    public async Task Bus_priority_that_cannot_be_is_refused_in_one_line(params string[] options)
    {
        using var run = await Command.RunAsync(["simulate", Checkout.FourArm, .. options]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--bus-priority", Assert.Single(run.Errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private async Task<double> BusDelayAsync(string name, params string[] options)
    {
        var trips = files.File($"{name}.xml");
        using var run = await Command.RunAsync(["simulate", Checkout.FourArm, "--class", "S", "--end", "1200", "--log", files.File($"{name}.db"), "--tripinfo", trips, .. options]);
        Assert.True(run.ExitCode == 0, run.Errors);
        return XDocument.Load(trips).Descendants("tripinfo").Where(t => t.Attribute("vType")!.Value == "bus").Average(t => (double)t.Attribute("timeLoss")!);
    }

    private async Task<double> DelayAsync(string vehicleClass, string strategy)
    {
        var (scenario, trips) = (Scenario(vehicleClass), files.File($"{vehicleClass}.xml"));
        using var run = await Command.RunAsync(
            "simulate", scenario, "--strategy", strategy, "--class", "R+", "--end", "300", "--log", files.File($"{vehicleClass}.db"), "--tripinfo", trips);
        Assert.True(run.ExitCode == 0, run.Errors);
        return XDocument.Load(trips).Descendants("tripinfo").Where(t => t.Attribute("id")!.Value.StartsWith("ambulance", StringComparison.Ordinal)).Sum(t => (double)t.Attribute("timeLoss")!);
    }

    private string Scenario(string vehicleClass)
    {
        var (routes, config) = (files.File($"{vehicleClass}.rou.xml"), files.File($"{vehicleClass}.sumocfg"));
        new XElement(
            "routes",
            new XElement("vType", new XAttribute("id", "ambulance"), new XAttribute("vClass", vehicleClass), new XAttribute("length", 6), new XAttribute("speedFactor", 1)),
            Enumerable.Range(0, 4).Select(i => new XElement(
                "vehicle", new XAttribute("id", $"ambulance.{i}"), new XAttribute("type", "ambulance"), new XAttribute("depart", 20 + 50 * i), new XAttribute("departLane", "best"),
                new XElement("route", new XAttribute("edges", i % 2 == 0 ? "south_approach south_stop north_exit" : "west_approach west_stop east_exit"))))).Save(routes);
        string[] all = [Path.Combine(Checkout.FourArm, "four-arm.rou.xml"), routes];
        new XElement(
            "configuration",
            new XElement(
                "input", new XElement("net-file", new XAttribute("value", Path.Combine(Checkout.FourArm, "four-arm.net.xml"))),
                new XElement("route-files", new XAttribute("value", string.Join(',', all))))).Save(config);
        return config;
    }
}
