using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Server.Reading;

namespace TrafficAI.Server.Tests;

/// <summary>Places, lines and sums.</summary>
public sealed class ReadingTests
{
    /// <summary>The CN Tower, whose coordinates in both systems are widely published.</summary>
    [Fact]
    public void A_place_in_a_zone_is_found_on_the_globe()
    {
        var (longitude, latitude) = UtmProjection.Inverse(630_084, 4_833_438, 17);
        Assert.Equal(-79.38714, longitude, 4);
        Assert.Equal(43.64257, latitude, 4);
    }

    /// <summary>Corners of a network of Almaty, as the network file itself names them in degrees.</summary>
    [Fact]
    public void A_network_of_Almaty_lies_where_its_file_says()
    {
        var frame = GeoFrame.Of("-656669.32,-4789063.20", "+proj=utm +zone=43 +ellps=WGS84 +datum=WGS84 +units=m +no_defs");
        Assert.True(frame.IsGeographic);
        var (low, high) = (frame.Place(new(0, 0)), frame.Place(new(2251.47, 977.06)));
        Assert.InRange(low[0], 76.9287, 76.9307);
        Assert.InRange(low[1], 43.2372, 43.2388);
        Assert.InRange(high[0], 76.9563, 76.9583);
        Assert.InRange(high[1], 43.2456, 43.2473);
    }

    [Theory, InlineData(null, null), InlineData("300.00,150.00", "!"), InlineData("0,0", "+proj=utm +zone=43 +south"), InlineData("x", "+proj=utm +zone=43")]
    public void A_network_without_a_known_place_lies_beside_zero_true_to_scale(string? offset, string? projection)
    {
        var frame = GeoFrame.Of(offset, projection);
        Assert.False(frame.IsGeographic);
        Assert.Equal([0.01, 0.02], frame.Place(new(1113.2, 2226.4)));
    }

    [Fact]
    public void Delay_is_standing_time_over_vehicles_of_the_last_five_minutes()
    {
        var window = new DelayWindow();
        Assert.Null(window.Delay);
        for (var second = 0; second < 100; second++) window.Add(second, 2, second % 10 == 0 ? 1 : 0);
        Assert.Equal(20, window.Delay);
        window.Add(99, 1000, 1000);
        Assert.Equal(20, window.Delay);
        window.Add(390, 0, 1);
        Assert.Equal(Math.Round(2.0 * 9 / 1, 1), window.Delay);
        window.Add(5000, 3, 1);
        Assert.Equal(3, window.Delay);
    }

    [Fact]
    public void A_line_is_cut_where_it_is_long_enough_and_has_a_direction()
    {
        ImmutableArray<Point> line = [new(0, 0), new(100, 0), new(100, 50)];
        Assert.Equal([new(0, 0), new(100, 0), new(100, 20)], Polyline.First(line, 120));
        Assert.Equal([new(80, 0), new(100, 0), new(100, 50)], Polyline.Last(line, 70));
        Assert.Equal(line, Polyline.Last(line, 1000));
        Assert.Equal(("south", "east"), (Polyline.ComesFrom(line), Polyline.GoesTo(line)));
    }

    [Fact]
    public void People_see_the_time_of_Almaty() => Assert.Equal("2026-01-01T12:00:00+05:00", StreetClock.Wall(Instant.ScenarioStart, 25_200));
}
