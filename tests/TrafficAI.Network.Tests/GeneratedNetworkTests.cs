using System.Text;

namespace TrafficAI.Network.Tests;

/// <summary>Networks of many kinds, as SUMO writes them, and what must hold in each.</summary>
public class GeneratedNetworkTests
{
    private const string Grid = "--grid --grid.number 3 --grid.length 120 --default.lanenumber 2 --default-junction-type traffic_light";
    private const string GridOnFoot = Grid + " --sidewalks.guess --crossings.guess --bikelanes.guess --default.bikelane-width 1.5";

    [Theory]
    [InlineData(Grid, 9)]
    [InlineData("--grid --grid.number 4 --default-junction-type traffic_light", 16)]
    [InlineData(Grid + " --turn-lanes 1 --tls.group-signals", 9)]
    [InlineData(Grid + " --lefthand", 9)]
    [InlineData(Grid + " --tls.layout incoming", 9)]
    [InlineData(Grid + " --no-internal-links", 9)]
    [InlineData(Grid + " --geometry.split --junctions.scurve-stretch 1", 9)]
    [InlineData(Grid + " --tls.default-type actuated", 9)]
    [InlineData(GridOnFoot, 9)]
    [InlineData(GridOnFoot + " --lefthand --tls.group-signals", 9)]
    [InlineData(Grid + " --sidewalks.guess --no-internal-links", 9)]
    [InlineData("--spider --spider.arm-number 5 --spider.circle-number 2 --spider.omit-center --default-junction-type traffic_light", 10)]
    [InlineData("--rand --rand.iterations 40 --seed 7 --default-junction-type traffic_light", -1)]
    [InlineData("--rand --rand.iterations 60 --seed 8 --default.lanenumber 2 --tls.guess --tls.guess.threshold 20", -1)]
    [InlineData("--rand --rand.iterations 40 --seed 9 --default-junction-type allway_stop", 0)]
    public void A_generated_network_is_whole(string options, int lights)
    {
        var network = NetworkReader.Read(SumoTool.Write("netgenerate", options), "generated.net.xml");
        if (lights >= 0) Assert.Equal(lights, network.Intersections.Length);
        else Assert.NotEmpty(network.Intersections);
        AssertWhole(network);
    }

    [Fact]
    public void Junctions_joined_under_one_light_are_one_intersection()
    {
        var grid = SumoTool.Write("netgenerate", "--grid --grid.number 3 --grid.length 30 --default-junction-type traffic_light");
        var joined = SumoTool.Write("netconvert", "-s grid.net.xml --tls.join --tls.join-dist 35", ("grid.net.xml", grid));
        var network = NetworkReader.Read(joined, "joined.net.xml");
        Assert.True(network.Intersections.Length < 9);
        Assert.Contains(network.Intersections, intersection => intersection.Junctions.Length > 1);
        AssertWhole(network);
    }

    [Fact]
    public void Without_internal_lanes_the_rows_are_the_same()
    {
        var full = SumoTool.Write("netgenerate", Grid);
        var bare = SumoTool.Write("netconvert", "-s full.net.xml --no-internal-links", ("full.net.xml", full));
        Assert.Equal(Rows(NetworkReader.Read(full, "full.net.xml")), Rows(NetworkReader.Read(bare, "bare.net.xml")));

        static string[] Rows(RoadNetwork network) =>
            [.. network.Connections.Where(way => way.Signal >= 0)
                .Select(way => $"{network.Lanes[way.FromLane].Id} {network.Lanes[way.ToLane].Id} {way.Request} {way.SignalLink}")];
    }

    [Fact]
    public void Gzip_reads_as_the_plain_file()
    {
        var plain = SumoTool.Write("netgenerate", Grid);
        var network = NetworkReader.Read(plain, "plain.net.xml");
        var unpacked = NetworkReader.Read(Fixture.Gzip(plain), "packed.net.xml.gz");
        Assert.Equal(network.Connections, unpacked.Connections);
        Assert.Equal(network.Intersections.SelectMany(one => one.Detectors), unpacked.Intersections.SelectMany(one => one.Detectors));
    }

    [Fact]
    public void Railway_signals_are_no_intersections()
    {
        var nodes = Encoding.UTF8.GetBytes("""
            <nodes>
              <node id="w" x="0" y="0"/><node id="x" x="300" y="0" type="rail_crossing"/><node id="r" x="600" y="0" type="rail_signal"/>
              <node id="e" x="900" y="0"/><node id="n" x="300" y="200"/><node id="s" x="300" y="-200"/>
            </nodes>
            """);
        var edges = Encoding.UTF8.GetBytes("""
            <edges>
              <edge id="wx" from="w" to="x" allow="rail"/><edge id="xr" from="x" to="r" allow="rail"/><edge id="re" from="r" to="e" allow="rail"/>
              <edge id="nx" from="n" to="x" disallow="rail"/><edge id="xs" from="x" to="s" disallow="rail"/>
            </edges>
            """);
        var rail = SumoTool.Write("netconvert", "-n a.nod.xml -e a.edg.xml", ("a.nod.xml", nodes), ("a.edg.xml", edges));
        var network = NetworkReader.Read(rail, "rail.net.xml");
        Assert.Empty(network.Intersections);
        Assert.All(network.Connections, way => Assert.Equal((-1, -1), (way.Signal, way.SignalLink)));
        Assert.Contains(network.Junctions, junction => junction.Type == "rail_crossing");
    }

    private static void AssertWhole(RoadNetwork network)
    {
        foreach (var intersection in network.Intersections)
        {
            Assert.Same(intersection, network.Find(intersection.Id));
            AssertLinks(network, intersection);
            AssertGreensAgree(network, intersection);
            AssertObserved(network, intersection);
            AssertLoops(network, intersection);
        }

        AssertRows(network);
        var ids = network.Intersections.Select(one => one.Id.Value).ToArray();
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    private static void AssertLinks(RoadNetwork network, Intersection intersection)
    {
        Assert.All(intersection.Program.States, state => Assert.Equal(intersection.Links.Length, state.Letters.Length));
        for (var link = 0; link < intersection.Links.Length; link++)
        {
            Assert.All(intersection.Links[link], way =>
            {
                Assert.Equal((intersection.Index, link), (network.Connections[way].Signal, network.Connections[way].SignalLink));
                Assert.Contains(network.Connections[way].Junction, intersection.Junctions);
                Assert.True(network.Connections[way].Request >= 0);
            });
        }

        Assert.Equal(
            network.Connections.Count(way => way.Signal == intersection.Index), intersection.Links.Sum(link => link.Length));
        var forVehicles = intersection.Links.SelectMany(link => link)
            .Where(way => (network.Lanes[network.Connections[way].FromLane].Allowed & VehicleClasses.Motor) != 0);
        Assert.Equal(forVehicles.Order(), intersection.StopLanes.SelectMany(stop => stop.Connections).Order());
    }

    /// <summary>A wrong row would make ways foes that SUMO's own programme lets go together; a lower green must yield to a full one.</summary>
    private static void AssertGreensAgree(RoadNetwork network, Intersection intersection)
    {
        foreach (var letters in intersection.Program.States.Select(state => state.Letters))
        {
            var green = Enumerable.Range(0, letters.Length).Where(link => letters[link] is 'G' or 'g')
                .SelectMany(link => intersection.Links[link]).Select(way => network.Connections[way]).ToArray();
            foreach (var a in green.Where(way => letters[way.SignalLink] == 'G'))
            {
                foreach (var b in green.Where(way => way != a && network.AreFoes(a, way)))
                {
                    if (letters[b.SignalLink] == 'g') Assert.True(network.YieldsTo(b, a) || network.YieldsTo(a, b));
                    else Assert.Equal(a.ToLane, b.ToLane);
                }
            }
        }
    }

    /// <summary>The row found by the lanes inside is the one that SUMO counts by incoming lane and connection.</summary>
    private static void AssertRows(RoadNetwork network)
    {
        var waysFrom = network.Connections.Where(way => way.Request >= 0).ToLookup(way => way.FromLane);
        foreach (var junction in network.Junctions.Where(one => one.Rows.Length > 0))
        {
            var ways = junction.IncomingLanes.SelectMany(lane => waysFrom[lane]).Where(way => way.Junction == junction.Index);
            Assert.Equal(Enumerable.Range(0, junction.Rows.Length), ways.Select(way => way.Request));
        }
    }

    private static void AssertObserved(RoadNetwork network, Intersection intersection)
    {
        var first = intersection.ObservedLanes.Take(intersection.StopLanes.Length);
        Assert.Equal(intersection.StopLanes.Select(stop => stop.Lane), first.Select(lane => lane.Lane));
        Assert.Equal(intersection.ObservedLanes.Length, intersection.ObservedLanes.DistinctBy(lane => lane.Lane).Count());
        Assert.All(intersection.ObservedLanes, (lane, index) =>
        {
            Assert.Equal(index, lane.Index);
            Assert.InRange(lane.OffsetMetres, 0, 199.999999);
            Assert.NotEmpty(lane.StopLanes);
            Assert.Equal(lane.StopLanes.Order().Distinct(), lane.StopLanes);
            Assert.NotEqual(VehicleClasses.None, network.Lanes[lane.Lane].Allowed & VehicleClasses.Motor);
            Assert.Equal(index < intersection.StopLanes.Length, lane.OffsetMetres == 0);
        });
    }

    private static void AssertLoops(RoadNetwork network, Intersection intersection)
    {
        Assert.Equal(2 * intersection.StopLanes.Length + intersection.ExitLanes.Length, intersection.Detectors.Length);
        Assert.Equal(intersection.Detectors.Length, intersection.Detectors.DistinctBy(loop => loop.Id).Count());
        Assert.All(intersection.Detectors, (loop, index) =>
        {
            Assert.Equal(index, loop.Index);
            Assert.InRange(loop.PositionMetres, 0, network.Lanes[loop.Lane].LengthMetres);
        });
    }
}
