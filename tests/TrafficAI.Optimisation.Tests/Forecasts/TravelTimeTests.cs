using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Optimisation.Tests.Forecasts;

public sealed class TravelTimeTests
{
    // mean 20 s, deviation 1 + 2 s: a triangle from 11 to 29 s
    private readonly TravelTime travel = new(20);

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(15.5)]
    [InlineData(20)]
    [InlineData(26)]
    public void What_is_left_is_the_mean_over_all_later_arrivals(double seconds)
    {
        const double Step = 0.001;
        var (late, all) = (0.0, 0.0);
        for (var at = seconds + Step / 2; at < 30; at += Step)
        {
            late += (at - seconds) * travel.Density(at);
            all += travel.Density(at);
        }

        Assert.Equal(late / all, travel.LeftSeconds(seconds), 3);
    }

    [Fact]
    public void Who_should_have_come_is_due() => Assert.Equal(0, travel.LeftSeconds(29));
}
