namespace TrafficAI.Network.Tests;

/// <summary>What is observed before the stop lines, and where loops lie, after small edits of the two roads.</summary>
public class ApproachTests
{
    private const string FreeWays = """
        <connection from="west" to="near" fromLane="0" toLane="0" via=":M_0_0" dir="s" state="M"/>
        """;

    private const string MillWay = """
        <connection from="mill" to="near" fromLane="0" toLane="0" dir="r" state="m"/>
        """;

    private const string SecondRoad = """
        <edge id="mill" from="S" to="M" priority="-1"><lane id="mill_0" index="0" speed="8.33" length="80" shape="400,0 359,200"/></edge>
        <edge id="away" from="J" to="S"
        """;

    [Fact]
    public void Lanes_that_begin_200_m_or_more_before_the_stop_line_are_not_observed()
    {
        Assert.Contains("west_0", Observed(Fixture.ReadEdited("length=\"30.00\"", "length=\"191.59\"")));
        Assert.DoesNotContain("west_0", Observed(Fixture.ReadEdited("length=\"30.00\"", "length=\"191.60\"")));
        Assert.DoesNotContain(":M_0_0", Observed(Fixture.ReadEdited("length=\"30.00\"", "length=\"200.00\"")));
    }

    [Fact]
    public void The_shorter_of_two_ways_counts()
    {
        const string Inside = "<lane id=\":M_0_0\" index=\"0\" speed=\"13.90\" length=\"8.40\"";
        var network = Fixture.ReadEdited(Inside, Inside.Replace("8.40", "5.00", StringComparison.Ordinal));
        var west = network.Intersections[0].ObservedLanes.Single(lane => lane.Lane == network.Lane("west_0").Index);
        Assert.Equal(35, west.OffsetMetres);
        Assert.Equal([1, 2], west.StopLanes);
    }

    [Fact]
    public void A_light_upstream_ends_the_approach()
    {
        var text = Fixture.Edit(FreeWays, FreeWays.Replace("dir=", "tl=\"K\" linkIndex=\"0\" dir=", StringComparison.Ordinal))
            .Replace("<tlLogic id=\"J\" type=\"static\"", """
                <tlLogic id="K" type="static" programID="0"><phase duration="9" state="G"/></tlLogic><tlLogic id="J" type="static"
                """.Trim(), StringComparison.Ordinal);
        var network = NetworkReader.Read(System.Text.Encoding.UTF8.GetBytes(text), Fixture.TwoRoads);
        Assert.Equal(["J", "K"], network.Intersections.Select(intersection => intersection.Id.Value));
        Assert.Contains(":M_0_0", Observed(network));
        var west = network.Intersections[0].ObservedLanes.Single(lane => lane.Lane == network.Lane("west_0").Index);
        Assert.Equal([2], west.StopLanes);
    }

    [Fact]
    public void A_stop_lane_upstream_of_another_one_is_listed_once()
    {
        var network = Fixture.ReadEdited(FreeWays, FreeWays.Replace("dir=", "tl=\"J\" linkIndex=\"0\" dir=", StringComparison.Ordinal));
        var light = network.Intersections.Single();
        Assert.Equal(["J", "M"], light.Junctions.Select(junction => network.Junctions[junction].Id.Value));
        var west = Assert.Single(light.ObservedLanes, lane => lane.Lane == network.Lane("west_0").Index);
        Assert.Equal((0.0, 1), (west.OffsetMetres, west.StopLanes.Length));
    }

    [Fact]
    public void A_way_that_turns_back_is_no_approach()
    {
        var network = Fixture.ReadEdited(FreeWays, FreeWays.Replace("dir=\"s\"", "dir=\"t\"", StringComparison.Ordinal));
        var west = network.Intersections[0].ObservedLanes.Single(lane => lane.Lane == network.Lane("west_0").Index);
        Assert.Equal([2], west.StopLanes);
    }

    [Fact]
    public void A_bicycle_lane_is_no_approach_and_no_stop_lane()
    {
        var network = Fixture.ReadEdited("<lane id=\"west_0\" index=\"0\"", "<lane id=\"west_0\" index=\"0\" allow=\"bicycle\"");
        Assert.DoesNotContain("west_0", Observed(network));
        Assert.DoesNotContain("south_1", Observed(network));
    }

    [Fact]
    public void An_advance_loop_stays_on_a_short_stop_lane_where_two_roads_lead_to_it()
    {
        var text = Fixture.Edit("<edge id=\"away\" from=\"J\" to=\"S\"", SecondRoad)
            .Replace(FreeWays, FreeWays + MillWay, StringComparison.Ordinal)
            .Replace("incLanes=\"west_0\"", "incLanes=\"mill_0 west_0\"", StringComparison.Ordinal)
            .Replace("intLanes=\":M_0_0 :M_0_1\"", "intLanes=\"\"", StringComparison.Ordinal)
            .Replace("<request index=\"0\" response=\"00\" foes=\"00\" cont=\"0\"/>", "", StringComparison.Ordinal)
            .Replace("<request index=\"1\" response=\"00\" foes=\"00\" cont=\"0\"/>", "", StringComparison.Ordinal);
        var network = NetworkReader.Read(System.Text.Encoding.UTF8.GetBytes(text), Fixture.TwoRoads);
        Assert.Equal(("near_0", 2.0), Loop(network, "near_0/advance"));
        Assert.Equal(("west_0", 348.7), Loop(network, "near_1/advance"));
        Assert.Contains("mill_0", Observed(network));
    }

    [Theory]
    [InlineData("length=\"50.00\"", "near_0", 49.0, 5.0)]
    [InlineData("length=\"49.99\"", "near_0", 48.99, 2.0)]
    [InlineData("length=\"45.00\"", "near_0", 44.0, 2.0)]
    [InlineData("length=\"40.00\"", ":M_0_0", 39.0, 3.4)]
    [InlineData("length=\"1.00\"", "west_0", 0.5, 319.7)]
    public void Loops_follow_the_length_of_the_stop_lane(string length, string advanceLane, double stopPosition, double advancePosition)
    {
        var network = Fixture.ReadEdited("length=\"30.00\"", length);
        Assert.Equal(stopPosition, Loop(network, "near_0/stop").Position, 1e-9);
        Assert.Equal(advanceLane, Loop(network, "near_0/advance").Lane);
        Assert.Equal(advancePosition, Loop(network, "near_0/advance").Position, 1e-9);
    }

    private static string[] Observed(RoadNetwork network) => network.LaneIds(network.Intersections[0].ObservedLanes.Select(lane => lane.Lane));

    private static (string Lane, double Position) Loop(RoadNetwork network, string id)
    {
        var loop = network.Intersections[0].Detectors.Single(one => one.Id == id);
        return (network.Lanes[loop.Lane].Id.Value, Math.Round(loop.PositionMetres, 6));
    }
}
