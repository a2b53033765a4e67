using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Optimisation.Reconstruction;

namespace TrafficAI.Optimisation.Tests.Reconstruction;

/// <summary>On the road of eight lights: J1 to J2 is 315.6 m at 13.89 m/s, so that a vehicle drives it in 23 s.</summary>
public class TripLinkerTests
{
    private static readonly RoadNetwork Road =
        NetworkReader.Read(File.ReadAllBytes(FourArm.PathOf("simulations/corridor/corridor.net.xml")), "corridor");

    [Fact]
    public void Who_comes_when_he_could_is_the_one_who_left()
    {
        var trips = Link([Visit("east0", 20, 30, "east1")], [Visit("east1", 50, 60, "S2out")]);
        Assert.Equal(["east0 east1 S2out"], trips.Select(Way));
    }

    [Theory]
    [InlineData(35)] // too early to have come from J1
    [InlineData(400)] // far too late
    public void Who_could_not_be_the_same_makes_a_trip_of_his_own(double came)
    {
        var trips = Link([Visit("east0", 20, 30, "east1")], [Visit("east1", came, 410, "S2out")]);
        Assert.Equal(["east0 east1", "east1 S2out"], trips.Select(Way).Order(StringComparer.Ordinal));
        Assert.True(trips.Single(trip => Way(trip) == "east0 east1").EndsMidway);
        Assert.False(trips.Single(trip => Way(trip) == "east1 S2out").EndsMidway);
    }

    [Fact]
    public void Whoever_left_first_comes_first()
    {
        var trips = Link(
            [Visit("east0", 20, 30, "east1"), Visit("east0", 22, 33, "east1")],
            [Visit("east1", 50, 60, "S2out"), Visit("east1", 53, 62, "east2")]);
        Assert.Equal(["east0 east1 S2out", "east0 east1 east2"], trips.Select(Way));
    }

    [Fact]
    public void A_vehicle_enters_so_early_that_it_comes_when_it_was_counted_and_on_its_lane()
    {
        var lane = Road.Lanes.Single(one => one.Id.Value == "east0_1").Index;
        var trip = Assert.Single(Link([Visit("east0", 40, 50, "S1out") with { DistanceMetres = 45, Lane = lane }]));
        Assert.Equal(40 - (292.8 - 45) / 13.89, trip.DepartSeconds, 0.05);
        Assert.Equal(1, trip.Lane);
        Assert.Equal(0, Assert.Single(Link([Visit("east0", 10, 50, "S1out") with { DistanceMetres = 45 }])).DepartSeconds);
    }

    [Fact]
    public void Whatever_was_counted_each_visit_is_in_one_trip()
    {
        var chance = new SplitMix64(7);
        var visits = Enumerable.Range(0, 300).Select(_ => Random(chance)).ToImmutableArray();
        var trips = Link([.. visits]);
        var passed = trips.Sum(trip => trip.Edges.SkipLast(1).Count(edge => Road.Edges[edge].Id.Value is "east0" or "east1" or "N1in" or "S2in"));
        Assert.Equal(visits.Length, passed);
        Assert.InRange(trips.Length, 150, 299);
        Assert.All(trips, trip => Assert.All(trip.Edges.Zip(trip.Edges.Skip(1)), pair => Assert.Contains(Road.Connections, way =>
            Road.Lanes[way.FromLane].Edge == pair.First && Road.Lanes[way.ToLane].Edge == pair.Second)));
    }

    private static Visit Random(SplitMix64 chance)
    {
        var (approach, exits) = chance.NextBetween(0, 3) switch
        {
            0 => ("east0", (string[])["east1", "S1out"]),
            1 => ("east1", ["east2", "S2out"]),
            2 => ("N1in", ["east1", "west0"]),
            _ => ("S2in", ["N2out", "west1"]),
        };
        var came = chance.NextUnit() * 600;
        return Visit(approach, came, (long)came + chance.NextBetween(1, 60), exits[chance.NextBetween(0, 1)]);
    }

    private static ImmutableArray<ReconstructedTrip> Link(params ImmutableArray<Visit>[] recorded) =>
        TripLinker.Link(Road, recorded.Select(visits => new RecordedTraffic(visits, visits.Length, 0)), 0);

    private static Visit Visit(string approach, double came, long left, string exit) => new(Edge(approach), came, 45, -1, left, Edge(exit));

    private static string Way(ReconstructedTrip trip) => string.Join(' ', trip.Edges.Select(edge => Road.Edges[edge].Id.Value));

    private static int Edge(string id) => Road.Edges.Single(edge => edge.Id.Value == id).Index;
}
