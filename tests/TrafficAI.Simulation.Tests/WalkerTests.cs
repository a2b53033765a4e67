using TrafficAI.Simulation.Tests.Demand;
using TrafficAI.Simulation.Walking;

namespace TrafficAI.Simulation.Tests;

/// <summary>Somebody walks from the eastern arm of the four-arm junction to the far side of the southern one: over the eastern crossing and the southern, or over
/// the northern and the western.</summary>
public sealed class WalkerTests
{
    private const string Walk = """<person id="p" depart="0" departPos="200"><walk edges="east_approach east_stop south_exit" arrivalPos="100"/></person>""";

    [Theory]
    [InlineData(":centre_c1_0", ":centre_c0_0")]
    [InlineData(":centre_c0_0", ":centre_c1_0")]
    public void Of_two_ways_over_a_junction_people_take_the_one_that_is_green(string green, string red) => Assert.Equal(green, FirstCrossing(green, red, seed: 1));

    [Fact]
    public void People_take_a_tenth_longer_than_their_speed_says()
    {
        var seconds = Enumerable.Range(1, 40).Average(seed => SecondsTo(":centre_c1_0", ":centre_c0_0", seed));
        var legs = new WalkPlanner(new(Scene.FourArm)).Plan(Scene.Read(Walk).Persons[0]);
        var metres = legs.TakeWhile(leg => leg.Crossing < 0).Sum(leg => leg.Metres);
        Assert.InRange(metres / seconds, 1.39 * 0.86, 1.39 * 0.94);
    }

    private static double SecondsTo(string green, string red, int seed) => Drive(green, red, seed).Seconds;

    private static string FirstCrossing(string green, string red, int seed) => Drive(green, red, seed).Crossing;

    private static (string Crossing, double Seconds) Drive(string green, string red, int seed)
    {
        var network = Scene.FourArm;
        var street = new Street(network, Scene.Read(Walk), new((ulong)seed));
        var (open, closed) = (Lane(green), Lane(red));
        foreach (var (lane, letter) in ((int, char)[])[(open, 'G'), (closed, 'r')])
            foreach (var link in street.State.Map.LinksOnto(lane)) street.State.LinkState[link] = letter;
        while (street.NowSeconds < 300)
        {
            street.Step();
            foreach (var lane in (int[])[open, closed])
                if (street.State.Walkers.AreOn(lane)) return (network.Lanes[lane].Id.Value, street.NowSeconds);
        }

        return ("none", 300);

        int Lane(string id) => network.Lanes.Single(lane => lane.Id.Value == id).Index;
    }
}
