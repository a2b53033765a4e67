namespace TrafficAI.Network.Tests;

public class TwoRoadsTests
{
    private static readonly RoadNetwork Network = Fixture.Read(Fixture.TwoRoads);
    private static readonly Intersection Light = Network.Intersections.Single();

    [Fact]
    public void Edges_know_their_junctions_lanes_and_function()
    {
        var near = Network.Edges.Single(edge => edge.Id.Value == "near");
        Assert.Equal((EdgeFunction.Normal, "M", "J", -1), (near.Function, JunctionId(near.From), JunctionId(near.To), near.Priority));
        Assert.Equal(["near_0", "near_1"], Network.LaneIds(near.Lanes));

        var inside = Network.Edges.Single(edge => edge.Id.Value == ":J_3");
        Assert.Equal((EdgeFunction.Internal, -1, -1), (inside.Function, inside.From, inside.To));

        var crossing = Network.Edges.Single(edge => edge.Id.Value == ":J_c0");
        Assert.Equal(EdgeFunction.Crossing, crossing.Function);
        Assert.Equal(["south", "away"], crossing.CrossedEdges.Select(edge => Network.Edges[edge].Id.Value));
        Assert.Equal(EdgeFunction.WalkingArea, Network.Edges.Single(edge => edge.Id.Value == ":J_w0").Function);
    }

    [Fact]
    public void Every_index_is_the_place_in_its_array()
    {
        Assert.All(Network.Edges, (edge, i) => Assert.Equal(i, edge.Index));
        Assert.All(Network.Lanes, (lane, i) => Assert.Equal(i, lane.Index));
        Assert.All(Network.Lanes, (lane, i) => Assert.Equal(i, Network.Edges[lane.Edge].Lanes[lane.Position]));
        Assert.All(Network.Connections, (way, i) => Assert.Equal(i, way.Index));
        Assert.All(Network.Junctions, (junction, i) => Assert.Equal(i, junction.Index));
    }

    [Fact]
    public void Lanes_have_length_speed_width_users_and_shape()
    {
        var bicycles = Network.Lane("south_1");
        Assert.Equal((192.1, 8.33, 1.5), (bicycles.LengthMetres, bicycles.SpeedLimitMetresPerSecond, bicycles.WidthMetres));
        Assert.Equal(VehicleClasses.Bicycle, bicycles.Allowed);
        Assert.Equal([new Point(403.95, 0), new Point(403.95, 192.1)], bicycles.Shape);
        Assert.Equal(3.2, Network.Lane("south_2").WidthMetres);
    }

    [Fact]
    public void A_height_in_a_shape_is_passed_over() => Assert.Equal(new(359.3, 196.8), Network.Lane(":M_0_0").Shape[1]);

    [Fact]
    public void A_junction_has_its_right_of_way_matrix_with_row_0_written_last()
    {
        var junction = Network.Junctions.Single(one => one.Id.Value == "J");
        Assert.Equal(("traffic_light", new Point(400, 200)), (junction.Type, junction.Position));
        Assert.Equal(["south_0", "south_1", "south_2", "near_0", "near_1", ":J_w0_0"], Network.LaneIds(junction.IncomingLanes));
        Assert.Equal(5, junction.Rows.Length);
        Assert.Equal([true, true, false, false, false], junction.Rows[3].Foes.Cast<bool>());
        Assert.Equal([false, false, false, true, true], junction.Rows[1].Response.Cast<bool>());
        Assert.True(junction.Rows[1].WaitsInside);
        Assert.False(junction.Rows[0].WaitsInside);
    }

    [Fact]
    public void A_place_to_wait_inside_is_no_junction_of_its_own() =>
        Assert.Equal(["E", "J", "M", "S", "W"], Network.Junctions.Select(junction => junction.Id.Value));

    [Fact]
    public void A_connection_has_its_turn_its_link_and_its_row()
    {
        var straight = Network.Way("near_1", "east_1");
        Assert.Equal((TurnDirection.Straight, 0, 3, 3), (straight.Direction, straight.Signal, straight.SignalLink, straight.Request));
        Assert.Equal((":J_3_0", 14.9), (Network.Lanes[straight.ViaLane].Id.Value, straight.LengthInsideMetres));
        Assert.Equal("J", JunctionId(straight.Junction));
        Assert.Equal(TurnDirection.Right, Network.Way("near_0", "away_1").Direction);

        var free = Network.Way("west_0", "near_1");
        Assert.Equal(("M", -1, -1, 1), (JunctionId(free.Junction), free.Signal, free.SignalLink, free.Request));
    }

    [Fact]
    public void A_way_in_two_parts_has_the_row_of_its_second_part_and_the_length_of_both()
    {
        var turn = Network.Way("south_2", "east_1");
        Assert.Equal((TurnDirection.PartialRight, 1), (turn.Direction, turn.Request));
        Assert.Equal(10.4, turn.LengthInsideMetres, 1e-9);
    }

    [Fact]
    public void The_lane_inside_decides_the_row_not_the_order_of_the_incoming_lanes()
    {
        var network = Fixture.ReadEdited("south_0 south_1 south_2 near_0 near_1 :J_w0_0", ":J_w0_0 near_1 near_0 south_2 south_1 south_0");
        Assert.Equal([2, 3, 0, 1, 4], network.Connections.Where(way => way.Signal >= 0).Select(way => way.Request));
    }

    [Fact]
    public void The_rest_of_a_way_inside_has_no_row_of_its_own()
    {
        var rest = Network.Way(":J_0_1", "east_1");
        Assert.Equal(("J", -1, ":J_4_0"), (JunctionId(rest.Junction), rest.Request, Network.Lanes[rest.ViaLane].Id.Value));
    }

    [Fact]
    public void A_crossing_is_a_signalised_way_with_a_row()
    {
        var crossing = Network.Way(":J_w0_0", ":J_c0_0");
        Assert.True(crossing.IsCrossing);
        Assert.Equal(("J", 4, 4, 0.0), (JunctionId(crossing.Junction), crossing.Request, crossing.SignalLink, crossing.LengthInsideMetres));
        Assert.True(Network.AreFoes(crossing, Network.Way("near_0", "away_1")));
        Assert.True(Network.YieldsTo(Network.Way("south_2", "east_1"), crossing));
        Assert.False(Network.Way(":J_c0_0", ":J_w1_0").IsCrossing);
    }

    [Fact]
    public void The_programme_loaded_last_is_in_force()
    {
        Assert.Equal(("day", "actuated", -2500), (Light.Program.ProgramId, Light.Program.Kind, Light.Program.OffsetMilliseconds));
        Assert.Equal(
            [new(42_000, "GgrrG", 5_000, 50_000), new(3_000, "yyrrr", null, null), new(41_500, "rrGGr", null, null), new(3_000, "rryyr", null, null)],
            Light.Program.States);
    }

    [Fact]
    public void Stop_lanes_are_for_motor_vehicles_and_follow_the_links()
    {
        Assert.Equal(["south_2", "near_0", "near_1"], Network.LaneIds(Light.StopLanes.Select(stop => stop.Lane)));
        Assert.Equal([Network.Way("near_0", "away_1").Index], Light.StopLanes[1].Connections);
        Assert.Equal([1, 1, 1, 1, 1], Light.Links.Select(link => link.Length));
        Assert.Equal([Network.Way("south_1", "east_1").Index], Light.Links[0]);
        Assert.Equal(["away_1", "east_1"], Network.LaneIds(Light.ExitLanes));
        Assert.Equal(["J"], Light.Junctions.Select(JunctionId));
    }

    [Fact]
    public void Lanes_upstream_of_a_joint_are_observed_with_their_distance()
    {
        string[] seen = [.. Light.ObservedLanes.Select(lane =>
            $"{Network.Lanes[lane.Lane].Id} {lane.OffsetMetres:0.0} {string.Join(',', lane.StopLanes)}")];
        Assert.Equal(["south_2 0.0 0", "near_0 0.0 1", "near_1 0.0 2", ":M_0_0 30.0 1", ":M_0_1 30.0 2", "west_0 38.4 1,2"], seen);
    }

    [Fact]
    public void Loops_lie_at_the_stop_line_45_m_before_it_and_behind_the_junction()
    {
        string[] loops = [.. Light.Detectors.Select(loop =>
            $"{loop.Id} {Network.Lanes[loop.Lane].Id} {loop.PositionMetres:0.00} {loop.StopLane}")];
        Assert.Equal(
            [
                "south_2/stop south_2 191.10 0", "near_0/stop near_0 29.00 1", "near_1/stop near_1 29.00 2",
                "south_2/advance south_2 147.10 0", "near_0/advance west_0 348.70 1", "near_1/advance west_0 348.70 2",
                "away_1/exit away_1 6.05 -1", "east_1/exit east_1 8.00 -1",
            ],
            loops);
    }

    private static string JunctionId(int index) => Network.Junctions[index].Id.Value;
}
