using System.Text;
using TrafficAI.Import.Plain;
using TrafficAI.Import.Roads;
using TrafficAI.Import.Table;

namespace TrafficAI.Import.Tests;

/// <summary>What the builder makes of roads: one light for a crossing of carriageways, directed edges, lanes that are known or assumed, turns.</summary>
public sealed class PlainNetworkTests
{
    [Fact]
    public void Two_carriageways_and_a_street_are_one_junction_with_four_arms()
    {
        var network = TestTown.Built();
        Assert.Equal("T-1", Assert.Single(network.Nodes, node => node.Junction is not null).Id);
        Assert.Equal(4, network.Edges.Count(edge => edge.To == "T-1"));
        Assert.Equal(4, network.Edges.Count(edge => edge.From == "T-1"));
        Assert.DoesNotContain(network.Edges, edge => edge.From == edge.To);
        Assert.DoesNotContain(network.Edges, edge => edge.Name == "переулок");
    }

    [Fact]
    public void A_carriageway_is_crossed_by_itself_and_a_street_as_a_whole()
    {
        var crossings = TestTown.Built().Crossings;
        Assert.Equal([1, 1, 1, 1, 2, 2], crossings.Select(crossing => crossing.Edges.Length).Order());
    }

    [Fact]
    public void Lanes_are_those_of_the_table_and_an_odd_one_is_a_pocket()
    {
        var ins = TestTown.Built().Edges.Where(edge => edge.To == "T-1").ToList();
        Assert.All(ins.Where(edge => edge.Class == "primary"), edge => Assert.Equal((4, Knowledge.Known), (edge.Lanes, edge.LaneKnowledge)));
        var mill = ins.Where(edge => edge.Class == "tertiary").ToList();
        Assert.All(mill, edge => Assert.Equal((3, Knowledge.Known), (edge.Lanes, edge.LaneKnowledge)));
        Assert.All(mill, edge => Assert.EndsWith(".stop", edge.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Without_the_table_lanes_are_usual_and_say_so()
    {
        var junctions = TestTown.Junctions.Select(j => j with { A = j.A with { Lanes = "" }, B = j.B with { Lanes = "" } });
        var network = PlainNetworkBuilder.Build(TestTown.Crossing, [.. junctions], [], 250);
        Assert.All(network.Edges, edge => Assert.Equal(Knowledge.Assumed, edge.LaneKnowledge));
    }

    [Fact]
    public void Tagged_lanes_come_before_the_table()
    {
        var roads = TestTown.Crossing.Select(road => road.Id == "1" ? road with { Lanes = new(3, null, null) } : road);
        Assert.All(TestTown.Built(roads).Edges.Where(edge => edge.Points[0].Latitude < 432_400_000 && edge.Class == "primary"), edge => Assert.Equal(3, edge.Lanes));
    }

    [Fact]
    public void Every_lane_before_the_light_leads_on_and_the_left_one_turns_alone()
    {
        var network = TestTown.Built();
        foreach (var edge in network.Edges.Where(edge => edge.To == "T-1"))
        {
            var ways = network.Connections.Where(way => way.From == edge.Id).ToList();
            Assert.Equal(Enumerable.Range(0, edge.Lanes), ways.Select(way => way.FromLane).Distinct().Order());
            Assert.All(ways, way => Assert.InRange(way.ToLane, 0, network.Edges.Single(other => other.Id == way.To).Lanes - 1));
            Assert.Single(ways, way => way.FromLane == edge.Lanes - 1);
            Assert.Equal(3, ways.Select(way => way.To).Distinct().Count());
        }
    }

    [Fact]
    public void Streets_end_where_the_reach_does()
    {
        var network = PlainNetworkBuilder.Build(TestTown.Crossing, TestTown.Junctions, [], 150);
        var plane = new Plane(TestTown.At(0, 0));
        foreach (var edge in network.Edges.Where(edge => edge.From == "T-1")) Assert.InRange(plane.Length(edge.Points), 149, 151);
    }

    [Fact]
    public void A_bridge_over_it_makes_an_inferred_light_unlikely()
    {
        var bridge = TestTown.Road("9", "primary", "эстакада", RoadDirection.Both, (-300, 30), (300, -30)) with { IsAtGrade = false };
        var inferred = TestTown.Junctions.Select(j => j with { Status = SignalStatus.Inferred });
        var refusal = Assert.Throws<ImportException>(() => PlainNetworkBuilder.Build([.. TestTown.Crossing, bridge], [.. inferred], [], 250));
        Assert.Contains("no junction of the table lies where the roads meet", refusal.Message, StringComparison.Ordinal);
        Assert.NotEmpty(PlainNetworkBuilder.Build([.. TestTown.Crossing, bridge], TestTown.Junctions, [], 250).Edges);
    }

    [Fact]
    public void A_slip_lane_past_the_corner_is_part_of_the_junction()
    {
        var slip = TestTown.Road("8", "primary_link", "", RoadDirection.Forward, (-45, -11), (0, -45));
        var roads = new[]
        {
            TestTown.Road("1", "primary", "проспект Широкий", RoadDirection.Forward, (-400, -11), (-45, -11), (0, -11), (400, -11)),
            TestTown.Crossing[1],
            TestTown.Road("3", "tertiary", "улица Мельничная", RoadDirection.Both, (0, -400), (0, -45), (0, -11), (0, 11), (0, 400)),
            slip,
        };
        Assert.Equal(TestTown.Built().Edges.Length, TestTown.Built(roads).Edges.Length);
    }

    [Fact]
    public void The_same_roads_in_another_order_give_the_same_network()
    {
        Assert.Equal(Text(TestTown.Built()), Text(TestTown.Built(TestTown.Crossing.Reverse())));
        static string Text(PlainNetwork network) => PlainXml.Nodes(network) + PlainXml.Edges(network) + PlainXml.Connections(network);
    }

    [Theory]
    [InlineData("4 per direction (dual)", 4, null, null)]
    [InlineData("5 one-way N incl. bus/BRT", null, 5, null)]
    [InlineData("5-6 total two-way / 3 per direction", 3, null, 5)]
    [InlineData("4 on the N-bound entry at Satpayev (left|through)", null, null, null)]
    public void Words_about_lanes_are_understood(string words, int? perDirection, int? oneWay, int? total) =>
        Assert.Equal(new LaneWords(perDirection, oneWay, total), LaneWords.Read(words));

    [Theory]
    [InlineData("улица Байтурсынова", "улица Байтурсынулы", "Байтұрсынұлы көшесі", true)]
    [InlineData("Абай даңғылы", "проспект Абая", "Абай даңғылы", true)]
    [InlineData("проспект Абылай хана", "проспект Абая", "Абай даңғылы", false)]
    [InlineData("", "проспект Абая", "", false)]
    public void Streets_are_known_by_the_beginning_of_their_names(string road, string ru, string kk, bool same) =>
        Assert.Equal(same, StreetNames.Likeness(road, new("key", ru, kk, "")) > 0);

    [Fact]
    public void A_row_that_cannot_be_used_is_named()
    {
        Assert.Contains("table: line 2: it has no 'lat'", Refusal("id,street_a,street_b,lat,lon\nA,a,b,,76\n"), StringComparison.Ordinal);
        Assert.Contains("table: line 3: the junction 'A' stands there twice", Refusal("id,street_a,street_b,lat,lon\nA,a,b,43,76\nA,a,b,43,76\n"), StringComparison.Ordinal);
        Assert.Contains("table: line 2: it has 2 fields, and there are 3 columns", Refusal("id,a,b\n1,2\n"), StringComparison.Ordinal);
        static string Refusal(string text) => Assert.Throws<ImportException>(() => JunctionTable.Read(Encoding.UTF8.GetBytes(text), "table")).Message;
    }
}
