using TrafficAI.Optimisation.Forecasts;

namespace TrafficAI.Runtime.Tests;

public sealed class ForecastPostTests
{
    private readonly ForecastPost post = new();

    [Fact]
    public void A_second_gets_what_was_made_before_it_in_a_fixed_order_whoever_was_quicker()
    {
        post.Post([Made(4, second: 10), Made(4, second: 9)]);
        post.Post([Made(2, second: 9)]);
        Assert.Equal([(9, 2), (9, 4)], post.Take(1, 10).Select(f => ((int)f.Second, f.From)));
        Assert.Equal([(10, 4)], post.Take(1, 11).Select(f => ((int)f.Second, f.From)));
        Assert.Empty(post.Take(1, 99));
    }

    [Fact]
    public void Nobody_gets_what_is_for_another()
    {
        post.Post([Made(4, second: 9)]);
        Assert.Empty(post.Take(2, 10));
    }

    private static Telling Made(int from, long second) => new(1, new Forecast(from, second, [new(0)]));
}
