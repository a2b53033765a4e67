namespace TrafficAI.Simulation.Tests.Demand;

public class FlowTests
{
    private const string Way = "from=\"west_approach\" to=\"east_exit\"";

    [Theory]
    [InlineData("begin=\"0\" end=\"20\" vehsPerHour=\"700\"", "0 5.143 10.286 15.429")]
    [InlineData("begin=\"10\" end=\"600\" number=\"7\"", "10 94.285 178.57 262.855 347.14 431.425 515.71")]
    [InlineData("begin=\"30\" end=\"60\" period=\"7.3\"", "30 37.3 44.6 51.9 59.2")]
    [InlineData("begin=\"30\" number=\"3\" period=\"20\"", "30 50 70")]
    [InlineData("begin=\"30.5\" end=\"100\" perHour=\"120\"", "30.5 60.5 90.5")]
    [InlineData("number=\"0\"", "")]
    public void A_regular_flow_departs_when_Sumo_lets_it(string rate, string seconds) =>
        Assert.Equal(seconds, string.Join(' ', Scene.Read($"<flow id=\"f\" {Way} {rate}/>").Departures("f").Select(at => FormattableString.Invariant($"{at}"))));

    [Fact]
    public void A_flow_that_began_earlier_counts_its_vehicles_from_the_window_on()
    {
        var demand = Scene.Read($"<flow id=\"f\" {Way} begin=\"0\" end=\"300\" period=\"40\"/>", begin: 100, end: 250);
        Assert.Equal(["f.0", "f.1", "f.2", "f.3"], demand.Vehicles.Select(vehicle => vehicle.Id));
        Assert.Equal([120.0, 160, 200, 240], demand.Departures("f"));
    }

    [Fact]
    public void A_flow_by_chance_has_as_many_as_its_probability_says()
    {
        var seconds = Scene.Read($"<flow id=\"f\" {Way} begin=\"0\" end=\"10000\" probability=\"0.2\"/>", end: 10_000).Departures("f");
        Assert.InRange(seconds.Length, 1880, 2120); // three standard deviations
        Assert.All(seconds, at => Assert.Equal(Math.Floor(at), at));
        Assert.Equal(seconds.Length, seconds.Distinct().Count());
    }

    [Fact]
    public void Gaps_of_a_Poisson_flow_are_exponential()
    {
        var seconds = Scene.Read($"<flow id=\"f\" {Way} begin=\"0\" end=\"100000\" period=\"exp(0.1)\"/>", end: 100_000).Departures("f");
        Assert.InRange(seconds.Length, 9700, 10_300);
        var gaps = seconds.Zip(seconds.Skip(1), (a, b) => b - a).ToList();
        Assert.InRange(gaps.Average(gap => gap * gap), 180, 220); // twice the square of the mean
        Assert.InRange(gaps.Count(gap => gap > 10) / (double)gaps.Count, 0.353, 0.383); // 1/e
    }
}
