namespace TrafficAI.Measures.Tests;

/// <summary>Ways of tracked vehicles are thinned, not bent.</summary>
public sealed class TrackPathTests
{
    [Fact]
    public void Who_drives_evenly_stands_and_goes_on_needs_few_points()
    {
        var paths = new TrackPaths();
        for (var second = 0; second <= 40; second++) paths.Take(second, 7, second < 10 ? 1500 - 130 * second : second < 30 ? 200 : 200 - 20 * (second - 30));
        var path = Assert.Single(paths.All);
        Assert.Equal(7u, path.Track);
        Assert.Equal([new(0, 150), new(10, 20), new(30, 20), new(40, 0)], path.Points);
    }

    [Fact]
    public void What_a_sensor_does_not_see_is_not_drawn()
    {
        var paths = new TrackPaths();
        foreach (var (second, decimetres) in ((long, int)[])[(0, 500), (1, 400), (2, 300), (6, 100), (7, 50), (8, 900), (9, 800)]) paths.Take(second, 1, decimetres);
        paths.Take(3, 2, 10);
        Assert.Equal([[0, 2], [6, 7], [8, 9]], paths.All.Select(path => path.Points.Select(point => point.Second).ToArray()));
    }
}
