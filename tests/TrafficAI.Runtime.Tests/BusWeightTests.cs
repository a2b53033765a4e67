using System.Text;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

public sealed class BusWeightTests
{
    private static readonly RunHeader Header = new("0", "four-arm", "sumo", "adaptive", ControlClass.Site, Sensing.Full, 1, 30, 1, 1, 1, "", 0, 60, "net.xml");

    [Fact]
    public void A_header_without_one_means_1_and_is_written_as_ever()
    {
        Assert.DoesNotContain("busWeight", Encoding.UTF8.GetString(Header.Encode().Span), StringComparison.Ordinal);
        Assert.Equal(1, RunHeader.Decode(Header.Encode()).Options.BusWeight);
    }

    [Fact]
    public void What_was_recorded_decides_the_replay() =>
        Assert.Equal(10, RunHeader.Decode((Header with { BusWeight = 10 }).Encode()).Options.BusWeight);

    [Theory, InlineData(0.5), InlineData(101)]
    public void One_out_of_range_is_refused(double weight)
    {
        var error = Assert.Throws<RecordException>(() => RunHeader.Decode((Header with { BusWeight = weight }).Encode()));
        Assert.Contains("its bus weight is not 1 to 100", error.Message, StringComparison.Ordinal);
    }
}
