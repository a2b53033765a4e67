using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests.Demand;

/// <summary>SUMO loads the same files and writes who drove where (<c>--vehroute-output</c>): the same vehicles, departures and routes.</summary>
public class AgainstSumoTests
{
    private static readonly string? Home =
        new[] { Environment.GetEnvironmentVariable("SUMO_HOME"), "/usr/share/sumo", "/usr/local/share/sumo" }.FirstOrDefault(Directory.Exists);

    [Theory]
    [InlineData("four-arm", 600)]
    [InlineData("corridor", 600)]
    public void A_committed_scenario_holds_the_same_vehicles(string scenario, int end) => Compare($"{scenario}.net.xml", $"{scenario}.rou.xml", 0, end);

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Trips_and_flows_make_the_same_vehicles(int begin) => Compare("corridor.net.xml", "against-sumo.rou.xml", begin, 500);

    private static void Compare(string net, string routes, int begin, int end)
    {
        Assert.SkipWhen(Home is null, "SUMO is not installed");
        var sumo = Sumo(net, routes, begin, end);
        var network = NetworkReader.Read(Scene.Bytes(net), net);
        var ours = DemandReader.Read(network, [Scene.File(routes)], begin, end, 1);
        Assert.Empty(ours.NotSupported);
        Assert.Equal(sumo, ours.Vehicles.Select(vehicle => Line(vehicle.Id, vehicle.DepartSeconds, network.Edges(vehicle.Route))).Order(StringComparer.Ordinal));
    }

    private static string Line(string id, double depart, string edges) => string.Create(CultureInfo.InvariantCulture, $"{id} {depart:0.00}: {edges}");

    /// <summary>Trips find their way on an empty street: SUMO's averaging of speeds is switched off.</summary>
    private static List<string> Sumo(string net, string routes, int begin, int end)
    {
        var folder = Directory.CreateTempSubdirectory("trafficai-demand-");
        try
        {
            foreach (var name in (string[])[net, routes])
                File.WriteAllBytes(Path.Combine(folder.FullName, name), Scene.Bytes(name));
            Run(folder.FullName, $"-n {net} -r {routes} -b {begin} -e {end} --device.rerouting.adaptation-interval 0 --xml-validation never --no-step-log "
                + "--no-warnings --vehroute-output driven.xml --vehroute-output.write-unfinished --vehroute-output.intended-depart");
            return [.. XDocument.Load(Path.Combine(folder.FullName, "driven.xml")).Root!.Elements("vehicle").Select(vehicle => Line(
                vehicle.Attribute("id")!.Value,
                double.Parse(vehicle.Attribute("depart")!.Value, CultureInfo.InvariantCulture),
                vehicle.Descendants("route").Last().Attribute("edges")!.Value)).Order(StringComparer.Ordinal)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Run(string folder, string options)
    {
        var start = new ProcessStartInfo("sumo", options) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["SUMO_HOME"] = Home;
        using var process = Process.Start(start)!;
        var said = process.StandardOutput.ReadToEndAsync();
        var complained = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"sumo {options}: {complained}{said.Result}");
    }
}
