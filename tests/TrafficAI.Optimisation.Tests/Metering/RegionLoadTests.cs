using TrafficAI.Optimisation.Metering;
using static TrafficAI.Optimisation.Tests.Metering.MeteredStreet;

namespace TrafficAI.Optimisation.Tests.Metering;

public sealed class RegionLoadTests
{
    private readonly RegionLoad load = new(Model);

    [Fact]
    public void Own_load_is_the_room_that_stands_full_on_inner_lanes_alone()
    {
        Assert.Equal(0, Percent(100, inside: 0));
        Assert.Equal(30, Percent(100, inside: 8)); // 60 of 200 m
        Assert.Equal(RegionLoad.Full, Percent(100, inside: 60));
    }

    [Fact]
    public void Half_of_what_is_told_is_the_mean_of_what_neighbours_tell()
    {
        load.Hear(Neighbour, 99, 90);
        Assert.Equal(60, Percent(100, inside: 8));
        load.Hear(9, 99, 10);
        Assert.Equal(40, Percent(100, inside: 8));
        load.Hear(55, 99, 100);
        Assert.Equal(40, Percent(100, inside: 8));
    }

    [Fact]
    public void A_neighbour_that_is_silent_no_longer_counts_and_an_older_word_replaces_no_newer_one()
    {
        load.Hear(Neighbour, 100, 90);
        load.Hear(Neighbour, 90, 10);
        Assert.Equal(60, Percent(100 + RegionLoad.SilentSeconds, inside: 8));
        Assert.Equal(30, Percent(101 + RegionLoad.SilentSeconds, inside: 8));
    }

    private int Percent(long second, int inside) => load.Percent(Picture(second, 20, inside));
}
