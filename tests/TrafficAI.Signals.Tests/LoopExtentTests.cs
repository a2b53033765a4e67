using TrafficAI.Signals.Street;

namespace TrafficAI.Signals.Tests;

public sealed class LoopExtentTests
{
    [Theory]
    [InlineData(50, 100, 49, 2)]
    [InlineData(99.5, 100, 97.999, 2)]
    [InlineData(0.5, 100, 0, 2)]
    [InlineData(0.1, 0.2, 0.05, 0.1)]
    public void A_loop_lies_wholly_in_its_lane(double middle, double lane, double begin, double length)
    {
        var extent = LoopExtent.Of(middle, lane);
        Assert.Equal(begin, extent.Begin, 1e-9);
        Assert.Equal(length, extent.Length, 1e-9);
        Assert.True(extent.Begin >= 0 && extent.Begin + extent.Length <= lane);
    }
}
