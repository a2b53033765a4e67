using TrafficAI.Network;
using TrafficAI.Simulation.Demand;

namespace TrafficAI.Simulation.Tests.Demand;

public class DemandReaderTests
{
    private static readonly StreetDemand Fixture = Scene.Fixture();

    [Fact]
    public void Vehicles_stand_in_order_of_departure_and_then_of_the_file() =>
        Assert.Equal(["first", "second", "third", "bus", "regular.0"], Fixture.Vehicles.Take(5).Select(vehicle => vehicle.Id));

    [Fact]
    public void Words_of_departure_and_arrival_are_read()
    {
        var first = Fixture.Vehicle("first");
        Assert.Equal((DepartLaneKind.Best, DepartPositionKind.RandomFree, DepartSpeedKind.Max),
            (first.DepartLane.Kind, first.DepartPosition.Kind, first.DepartSpeed.Kind));
        Assert.Equal(new Arrival(100, null, 5), first.Arrival);
        var third = Fixture.Vehicle("third");
        Assert.Equal(new DepartLane(DepartLaneKind.Index, 2), third.DepartLane);
        Assert.Equal(new DepartSpeed(DepartSpeedKind.MetresPerSecond, 3.5), third.DepartSpeed);
        Assert.Equal(1.5, third.DepartSeconds);
    }

    [Fact]
    public void A_type_keeps_what_it_says_and_takes_the_rest_from_its_class()
    {
        var slow = Fixture.TypeOf("second");
        Assert.Equal((VehicleClasses.Truck, 7.1, 1.4, 4.0, 6.0), (slow.Class, slow.LengthMetres, slow.Tau, slow.Deceleration, slow.EmergencyDeceleration));
        Assert.Equal(new SpeedFactor(0.9, 0.1, 0.5, 1.1), slow.SpeedFactor);
        Assert.Equal((2.0, 0.5, 3.0), (slow.Junctions.TimeGapMinorSeconds, slow.Junctions.SigmaMinor, slow.LaneChanging.Strategic));
        Assert.Equal(new SpeedFactor(1, 0.05, 0.2, 2), Fixture.TypeOf("first").SpeedFactor);
        Assert.Equal(new SpeedFactor(1.1, 0, 1.1, 1.1), Fixture.TypeOf("third").SpeedFactor);
    }

    [Fact]
    public void A_trip_takes_the_fastest_way() =>
        Assert.Equal("north_approach north_stop south_exit", Scene.FourArm.Edges(Fixture.Vehicle("second").Route));

    [Fact]
    public void Stops_of_the_route_and_of_the_vehicle_follow_each_other()
    {
        var stops = Fixture.Vehicle("bus").Stops;
        Assert.Equal([("market", 20.0, 50.0, 20.0, 62.0, false), (null, 79.8, 80.0, 5.0, null, true)],
            stops.Select(stop => (stop.Place, stop.StartMetres, stop.EndMetres, stop.DurationSeconds, stop.UntilSeconds, stop.Parking)));
        Assert.All(stops, stop => Assert.Equal((2, "west_exit_1"), (stop.RouteIndex, Scene.FourArm.Lanes[stop.Lane].Id.Value)));
    }

    [Fact]
    public void Distributions_are_drawn_in_their_proportions()
    {
        var demand = Scene.Read("""
            <vType id="car"/><vType id="truck" vClass="truck"/>
            <vTypeDistribution id="mixed" vTypes="car truck" probabilities="0.75 0.25"/>
            <routeDistribution id="ways"><route edges="west_approach west_stop east_exit" probability="3"/><route edges="west_approach west_stop south_exit" probability="1"/></routeDistribution>
            <flow id="f" type="mixed" route="ways" begin="0" end="3600" period="1"/>
            """);
        Assert.Equal(3600, demand.Vehicles.Length);
        Assert.InRange(demand.Vehicles.Count(vehicle => demand.Types[vehicle.Type].Id == "truck"), 800, 1000);
        Assert.InRange(demand.Vehicles.Count(vehicle => Scene.FourArm.Edges(vehicle.Route).EndsWith("south_exit", StringComparison.Ordinal)), 800, 1000);
    }

    [Fact]
    public void Only_who_departs_in_the_window_is_there()
    {
        var late = Scene.Fixture(begin: 2, end: 60);
        Assert.DoesNotContain(late.Vehicles, vehicle => vehicle.Id is "first" or "second" or "third");
        Assert.All(late.Vehicles, vehicle => Assert.InRange(vehicle.DepartSeconds, 2, 59.999));
        Assert.Equal([10.0, 20, 30, 40, 50], late.Departures("counted"));
    }

    [Fact]
    public void What_is_not_supported_is_named_and_counted_with_its_place()
    {
        Assert.Equal(["rerouter x1", "ride of a person x1", "container x1"], Fixture.NotSupported.Select(left => $"{left.What} x{left.Count}"));
        Assert.Equal(("stops.add.xml", 4), (Fixture.NotSupported[0].File, Fixture.NotSupported[0].Line));
    }

    [Fact]
    public void Who_departs_before_the_one_above_in_a_route_file_is_left_out_as_in_Sumo()
    {
        var demand = Scene.Read("""
            <route id="r" edges="west_approach west_stop"/><vehicle id="a" route="r" depart="5"/><vehicle id="b" route="r" depart="4"/><vehicle id="c" route="r" depart="5"/>
            """);
        Assert.Equal(["a", "c"], demand.Vehicles.Select(vehicle => vehicle.Id));
        Assert.Equal(1, Assert.Single(demand.NotSupported).Count);
    }

    [Fact]
    public void Persons_walk_as_far_as_they_do_not_ride()
    {
        Assert.Equal(["walker", "rider"], Fixture.Persons.Where(person => !person.Id.StartsWith("crowd", StringComparison.Ordinal)).Select(person => person.Id));
        Assert.Equal([40.0, 50, 60, 70, 80, 90], Fixture.Persons.Where(person => person.Id.StartsWith("crowd", StringComparison.Ordinal)).Select(person => person.DepartSeconds));
        var walker = Fixture.Persons.Single(person => person.Id == "walker");
        Assert.Equal((200.0, 100.0), (walker.DepartMetres, Assert.Single(walker.Walks).ArrivalMetres));
        var walk = Assert.Single(Fixture.Persons.Single(person => person.Id == "rider").Walks);
        Assert.Equal("south_exit east_exit", Scene.FourArm.Edges(walk.Edges));
    }

    [Fact]
    public void The_same_seed_gives_the_same_demand_and_another_one_another()
    {
        Assert.Equal(Fixture.Departures("poisson"), Scene.Fixture().Departures("poisson"));
        Assert.NotEqual(Fixture.Departures("poisson"), Scene.Fixture(seed: 2).Departures("poisson"));
    }

    [Theory]
    [InlineData("<vehicle id=\"a\" route=\"nowhere\" depart=\"0\"/>", "line 2: <vehicle> 'a' has the route 'nowhere', which is not defined before it. Define")]
    [InlineData("<trip id=\"a\" from=\"west_approach\" to=\"west_approach_\" depart=\"0\"/>", "<trip> 'a' names the edge 'west_approach_' in \"to\", which is not in the network. Correct")]
    [InlineData("<trip id=\"a\" from=\"west_exit\" to=\"east_exit\" depart=\"0\"/>", "finds no way from edge 'west_exit' to edge 'east_exit' for class Passenger. Correct")]
    [InlineData("<trip id=\"a\" type=\"x\" from=\"west_approach\" to=\"east_exit\" depart=\"0\"/>", "has the type 'x', which is not defined before it. Define")]
    [InlineData("<vehicle id=\"a\" depart=\"0\"><route edges=\"west_approach east_exit\"/></vehicle>", "edge 'east_exit' does not follow edge 'west_approach' for class Passenger. Correct")]
    [InlineData("<vType id=\"a\" length=\"-3\"/>", "<vType> 'a' length '-3' is negative, or too large. Correct it.")]
    [InlineData("<vType id=\"a\" vClass=\"rocket\"/>", "vClass 'rocket' is no class. Write")]
    [InlineData("<flow id=\"a\" from=\"west_approach\" to=\"east_exit\"/>", "names no rate. Give")]
    [InlineData("<flow id=\"a\" from=\"west_approach\" to=\"east_exit\" period=\"2\" probability=\"1\"/>", "names more than one rate. Give")]
    [InlineData("<trip id=\"a\" from=\"west_approach\" to=\"east_exit\"/>", "has no attribute \"depart\". Say")]
    [InlineData("<trip id=\"a\" from=\"west_approach\" to=\"east_exit\" depart=\"soon\"/>", "depart 'soon' is no time (seconds or hh:mm:ss). Correct it.")]
    [InlineData("<person id=\"p\" depart=\"0\"><walk edges=\"west_approach\" speed=\"0\"/></person>", "<walk> speed '0' is not more than 0. Correct it.")]
    public void An_error_is_one_line_that_says_where_what_and_what_next(string elements, string words)
    {
        var message = Assert.Throws<DemandException>(() => Scene.Read(elements)).Message;
        Assert.StartsWith("test.rou.xml, line 2: ", message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }
}
