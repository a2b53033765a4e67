using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Sumo.Tests;

/// <summary>A street made on the spot by SUMO's own tools, in a folder of its own that goes with it.</summary>
public sealed class TestStreet : IDisposable
{
    private const string Tools = "/usr/share/sumo/tools";

    private TestStreet() => Folder = Directory.CreateTempSubdirectory("trafficai-test-").FullName;

    public string Folder { get; }

    /// <summary>Seconds of demand and of the run.</summary>
    public long End { get; private init; }

    public ScenarioFile Scenario => ScenarioFile.Read(File("street.sumocfg"));

    public RoadNetwork Network => NetworkReader.Read(Scenario.NetBytes, Scenario.NetFile);

    public string File(string name) => Path.Combine(Folder, name);

    private static readonly ConcurrentDictionary<(long, double, int), Lazy<IReadOnlyList<(string Name, byte[] Bytes)>>> Grids = new();

    /// <summary>A grid of lit crossings, two lanes each way, with random trips of several classes.</summary>
    /// <param name="period">Seconds from a trip to the next.</param>
    public static TestStreet Grid(long end, double period, int number = 3)
    {
        var street = new TestStreet { End = end };
        foreach (var (name, bytes) in Grids.GetOrAdd((end, period, number), _ => new(() => MakeGrid(end, period, number))).Value)
            System.IO.File.WriteAllBytes(street.File(name), bytes);
        street.Configure();
        return street;
    }

    /// <summary>What netgenerate makes of its options, every junction lit, with random trips of several classes.</summary>
    public static TestStreet Generated(long end, double period, params string[] options)
    {
        var street = new TestStreet { End = end };
        street.Run("netgenerate", [.. options, "--default-junction-type", "traffic_light", "--output-file", "street.net.xml"]);
        street.AddTrips(period);
        street.Configure();
        return street;
    }

    private static IReadOnlyList<(string Name, byte[] Bytes)> MakeGrid(long end, double period, int number)
    {
        using var street = new TestStreet { End = end };
        street.Run("netgenerate", "--grid", "--grid.number", Text(number), "--grid.length", "150", "--grid.attach-length", "120", "--default.lanenumber", "2",
            "--default-junction-type", "traffic_light", "--output-file", "street.net.xml");
        street.AddTrips(period);
        return [street.Take("street.net.xml"), street.Take("street.rou.xml")];
    }

    private (string Name, byte[] Bytes) Take(string name) => (name, System.IO.File.ReadAllBytes(File(name)));

    /// <summary>Two junctions, 40 m apart, under one light.</summary>
    public static TestStreet TwoJunctionsUnderOneLight(long end)
    {
        var street = new TestStreet { End = end };
        System.IO.File.WriteAllText(street.File("n.nod.xml"), """
            <nodes>
              <node id="a" x="0" y="0" type="traffic_light" tl="pair"/> <node id="b" x="40" y="0" type="traffic_light" tl="pair"/>
              <node id="w" x="-300" y="0"/> <node id="e" x="340" y="0"/>
              <node id="an" x="0" y="300"/> <node id="as" x="0" y="-300"/> <node id="bn" x="40" y="300"/> <node id="bs" x="40" y="-300"/>
            </nodes>
            """);
        var edges = new StringBuilder("<edges>");
        foreach (var (from, to) in new[] { ("w", "a"), ("a", "b"), ("b", "e"), ("an", "a"), ("as", "a"), ("bn", "b"), ("bs", "b") })
            edges.Append(CultureInfo.InvariantCulture, $"<edge id='{from}{to}' from='{from}' to='{to}' numLanes='2'/><edge id='{to}{from}' from='{to}' to='{from}' numLanes='2'/>");
        System.IO.File.WriteAllText(street.File("n.edg.xml"), edges.Append("</edges>").ToString());
        street.Run("netconvert", "-n", "n.nod.xml", "-e", "n.edg.xml", "-o", "street.net.xml");
        street.AddTrips(1.2);
        street.Configure();
        return street;
    }

    /// <summary>A lit crossing of a road for everybody with a way for bicycles alone; trips on the road only.</summary>
    public static TestStreet RoadAcrossBicycleWay(long end)
    {
        var street = new TestStreet { End = end };
        System.IO.File.WriteAllText(street.File("n.nod.xml"), """
            <nodes>
              <node id="c" x="0" y="0" type="traffic_light"/>
              <node id="w" x="-300" y="0"/> <node id="e" x="300" y="0"/> <node id="n" x="0" y="300"/> <node id="s" x="0" y="-300"/>
            </nodes>
            """);
        System.IO.File.WriteAllText(street.File("n.edg.xml"), """
            <edges>
              <edge id="wc" from="w" to="c" numLanes="1"/> <edge id="ce" from="c" to="e" numLanes="1"/>
              <edge id="nc" from="n" to="c" numLanes="1" allow="bicycle"/> <edge id="cs" from="c" to="s" numLanes="1" allow="bicycle"/>
            </edges>
            """);
        street.Run("netconvert", "-n", "n.nod.xml", "-e", "n.edg.xml", "-o", "street.net.xml");
        var trips = string.Concat(Enumerable.Range(0, (int)end / 4).Select(i => $"<trip id='{i}' depart='{4 * i}' from='wc' to='ce'/>"));
        System.IO.File.WriteAllText(street.File("street.rou.xml"), $"<routes>{trips}</routes>");
        street.Configure();
        return street;
    }

    private void AddTrips(double period)
    {
        Run("python3", $"{Tools}/randomTrips.py", "-n", "street.net.xml", "-o", "raw.trips.xml", "-e", Text(End), "-p", period.ToString(CultureInfo.InvariantCulture),
            "--seed", "7", "--fringe-factor", "5");
        var routes = XDocument.Load(File("raw.trips.xml"));
        string[] classes = ["passenger", "truck", "bus", "motorcycle"];
        var number = 0;
        foreach (var trip in routes.Root!.Elements("trip"))
            trip.SetAttributeValue("type", classes[number++ % 7 % classes.Length]);
        routes.Root.AddFirst(classes.Select(c => new XElement("vType", new XAttribute("id", c), new XAttribute("vClass", c))));
        routes.Save(File("street.rou.xml"));
    }

    /// <summary>Writes the scenario's own file.</summary>
    public void Configure(string routes = "street.rou.xml", string? additional = null, string output = "", string? end = null)
    {
        var more = additional is null ? "" : $"<additional-files value='{additional}'/>";
        System.IO.File.WriteAllText(File("street.sumocfg"),
            $"<configuration><input><net-file value='street.net.xml'/><route-files value='{routes}'/>{more}</input>"
            + $"<time><begin value='0'/><end value='{end ?? Text(End)}'/></time><output>{output}</output></configuration>");
    }

    /// <summary>Options for a run of the whole window, with a trip file named after the run.</summary>
    public SumoOptions Options(Sensing sensing, int seed, string? tripInfo = null) =>
        new(Scenario, Network, sensing, seed, 0, End, tripInfo is null ? null : File(tripInfo));

    /// <summary>SUMO by itself, without us.</summary>
    public void RunNative(int seed, string tripInfo) =>
        Run("sumo", "-c", "street.sumocfg", "--seed", Text(seed), "--step-length", "1", "--time-to-teleport", "-1", "--no-step-log", "--no-warnings", "--xml-validation", "never",
            "--tripinfo-output", tripInfo, "--tripinfo-output.write-unfinished", "--tripinfo-output.write-undeparted", "--device.emissions.probability", "1");

    public void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SUMO_HOME"] = "/usr/share/sumo";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {error} {output.Result}");
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
