using System.Xml.Linq;
using TrafficAI.Signals;

namespace TrafficAI.Sumo.Tests;

/// <summary>SUMO itself leaves out pedestrians whose flow began before it did; a run of ours does not.</summary>
public sealed class PersonFlowsTests
{
    [Fact]
    public void Those_of_flows_under_way_walk()
    {
        using var street = Street("<personFlow id='p' begin='0' end='900' probability='0.2'><walk edges='{0} {1}'/></personFlow><flow id='f' begin='0' end='900' period='20' from='{0}' to='{1}'/>");
        Assert.InRange(Walks(street, begin: 400), 20, 60);
        Assert.Equal(0, Native(street, begin: 400)); // if SUMO learns it one day, the code may go
    }

    [Theory]
    [InlineData("period='15'", 13)] // at 405, 420, …, 585
    [InlineData("perHour='240'", 13)]
    [InlineData("number='60'", 13)]
    [InlineData("period='15' number='35'", 8)] // to 510
    [InlineData("period='15' number='20'", 0)] // to 285
    public void A_regular_flow_goes_on_in_its_step(string rate, int expected)
    {
        using var street = Street($"<personFlow id='p' begin='0' {(rate.Contains("' n", StringComparison.Ordinal) ? "" : "end='900'")} {rate}><walk edges='{{0}} {{1}}'/></personFlow>");
        using var engine = new SumoEngine(Options(street, 400));
        var departs = Run(engine, street).Select(w => double.Parse(w.Attribute("depart")!.Value, System.Globalization.CultureInfo.InvariantCulture)).Where(d => d >= 0 && d < 600).Order().ToList();
        Assert.Equal(expected, departs.Count);
        Assert.All(departs, depart => Assert.Equal(0, depart % 15));
    }

    [Fact]
    public void In_an_additional_file_it_is_refused_in_one_line()
    {
        using var street = Street("<personFlow id='p' begin='0' end='900' period='5'><walk edges='{0} {1}'/></personFlow>");
        File.Copy(street.File("people.rou.xml"), street.File("people.add.xml"));
        street.Configure(routes: "street.rou.xml", additional: "people.add.xml", end: "600");
        var message = Assert.Throws<ScenarioException>(() => new SumoEngine(Options(street, 400))).Message;
        Assert.Contains("Move it to a route file", message, StringComparison.Ordinal);
    }

    /// <param name="demand">{0} and {1} stand for two edges in a row.</param>
    private static TestStreet Street(string demand)
    {
        var street = TestStreet.Generated(600, 5, "--grid", "--grid.number", "2", "--grid.length", "120", "--grid.attach-length", "100", "--sidewalks.guess", "--crossings.guess");
        var net = XDocument.Load(street.File("street.net.xml")).Root!;
        var first = net.Elements("connection").First(c => !c.Attribute("from")!.Value.StartsWith(':') && c.Attribute("dir")!.Value == "s");
        var (from, to) = (first.Attribute("from")!.Value, first.Attribute("to")!.Value);
        File.WriteAllText(street.File("people.rou.xml"), "<routes>" + demand.Replace("{0}", from, StringComparison.Ordinal).Replace("{1}", to, StringComparison.Ordinal) + "</routes>");
        street.Configure(routes: "people.rou.xml", end: "600");
        return street;
    }

    private static SumoOptions Options(TestStreet street, long begin) => new(ScenarioFile.Read(street.File("street.sumocfg"), begin), street.Network, Sensing.Loops, 1, begin, 600, street.File("trips.xml"));

    private static int Walks(TestStreet street, long begin)
    {
        using var engine = new SumoEngine(Options(street, begin));
        return Run(engine, street).Count(walk => walk.Attribute("depart")!.Value != "-1");
    }

    private static List<XElement> Run(SumoEngine engine, TestStreet street)
    {
        while (!engine.Finished)
            engine.Step();
        return [.. XDocument.Load(street.File("trips.xml")).Root!.Descendants("walk")];
    }

    private static int Native(TestStreet street, long begin)
    {
        street.Run("sumo", "-c", "street.sumocfg", "--begin", $"{begin}", "--no-step-log", "--no-warnings", "--xml-validation", "never", "--tripinfo-output", "native.xml");
        return XDocument.Load(street.File("native.xml")).Root!.Descendants("walk").Count();
    }
}
