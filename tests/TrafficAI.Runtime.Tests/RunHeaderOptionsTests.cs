using System.Text;
using TrafficAI.Optimisation;
using TrafficAI.Optimisation.Metering;
using TrafficAI.Signals;

namespace TrafficAI.Runtime.Tests;

public sealed class RunHeaderOptionsTests
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

    [Fact]
    public void The_parts_that_are_left_out_are_recorded_where_there_are_any()
    {
        Assert.DoesNotContain("without", Encoding.UTF8.GetString(Header.Encode().Span), StringComparison.Ordinal);
        Assert.Equal(AdaptiveParts.Rollout | AdaptiveParts.Exits, RunHeader.Decode((Header with { Without = "rollout,exits" }).Encode()).Options.Without);
        var error = Assert.Throws<RecordException>(() => RunHeader.Decode((Header with { Without = "wheels" }).Encode()));
        Assert.Contains("it leaves out 'wheels'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metering_is_recorded_where_there_is_any()
    {
        Assert.DoesNotContain("metering", Encoding.UTF8.GetString(Header.Encode().Span), StringComparison.Ordinal);
        Assert.Equal(new MeteringOptions(30, 120), RunHeader.Decode((Header with { Metering = "30:120" }).Encode()).Options.Metering);
        var error = Assert.Throws<RecordException>(() => RunHeader.Decode((Header with { Metering = "30:999" }).Encode()));
        Assert.Contains("it is metered by '30:999'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_options_that_are_recorded_are_those_that_are_read_back()
    {
        var options = new DecisionOptions("adaptive", 1, BusWeight: 10, Without: AdaptiveParts.Exits, LearnedEverySeconds: 60, Metering: new(30, 120));
        Assert.Equal(options, RunHeader.Decode(Header.Recording(options).Encode()).Options);
        Assert.Equal(Header, Header.Recording(new DecisionOptions("adaptive", 1)));
    }
}
