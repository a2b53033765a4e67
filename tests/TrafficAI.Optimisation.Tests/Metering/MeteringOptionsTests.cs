using TrafficAI.Optimisation.Metering;

namespace TrafficAI.Optimisation.Tests.Metering;

public sealed class MeteringOptionsTests
{
    [Theory, InlineData("30", 30, 150), InlineData("5:30", 5, 30), InlineData("95:180", 95, 180)]
    public void What_may_be_written_is_read_and_written_back(string text, int critical, int limit)
    {
        Assert.True(MeteringOptions.TryRead(text, out var read));
        Assert.Equal(new MeteringOptions(critical, limit), read);
        Assert.True(MeteringOptions.TryRead(read.ToString(), out var again));
        Assert.Equal(read, again);
    }

    [Theory, InlineData(""), InlineData("4"), InlineData("96"), InlineData("30:29"), InlineData("30:181"), InlineData("30:"), InlineData(":150"), InlineData("30:150:1"), InlineData("30 %")]
    public void Anything_else_is_refused(string text) => Assert.False(MeteringOptions.TryRead(text, out _));
}
