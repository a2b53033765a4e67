using TrafficAI.Cli.Report;
using TrafficAI.Runtime;
using TrafficAI.Signals;
using TrafficAI.Sumo.Tests;

namespace TrafficAI.Cli.Tests;

public sealed class CorridorTests
{
    [Fact]
    public void A_grid_has_a_corridor_along_one_of_its_roads()
    {
        using var street = TestStreet.Grid(300, 1);
        var corridor = CorridorFinder.Find(SiteOf(street))!;
        Assert.Equal(3, corridor.Stops.Select(s => s.Intersection).Distinct().Count());
        Assert.Equal(0, corridor.Stops[0].DistanceMetres);
        Assert.Equal(150, corridor.Stops[1].DistanceMetres, 1.0);
        Assert.Equal(300, corridor.Stops[2].DistanceMetres, 2.0);
        Assert.All(corridor.Stops, s => Assert.NotEmpty(s.Groups));
        Assert.True(corridor.Stops[2].TravelSeconds > corridor.Stops[1].TravelSeconds);
        var ids = corridor.Stops.Select(s => s.Intersection.Value).ToArray();
        Assert.True(ids.All(id => id[0] == ids[0][0]) || ids.All(id => id[1] == ids[0][1]), string.Join(", ", ids));
    }

    [Fact]
    public void Two_lights_in_a_row_are_none()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        Assert.Null(CorridorFinder.Find(SiteOf(street)));
    }

    [Fact]
    public void A_band_is_what_meets_green_at_every_light()
    {
        var greens = Made.Greens([new(0, 20), new(60, 75)], [new(15, 40), new(80, 100)], [new(0, 35), new(90, 100)]);
        Assert.Equal([new Span(5, 15), new Span(70, 75)], greens.Bands);
        Assert.Equal(15.0 / 80, greens.BandShare);
    }

    [Fact]
    public void A_road_longer_than_the_window_has_no_share() =>
        Assert.Null((Made.Greens([], [], []) with { Window = new Span(0, 20) }).BandShare);

    private static Site SiteOf(TestStreet street) => Site.Build(street.Scenario.NetBytes, street.Scenario.NetFile, ControlClass.RPlus);
}
