using TrafficAI.Network;

namespace TrafficAI.Optimisation.Tests;

public sealed class SaturationFlowTests
{
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Phases("G");

    private readonly SaturationFlow flow = new(Model);

    [Theory, InlineData(1.5), InlineData(2.4)]
    public void Queues_that_leave_at_a_headway_teach_it(double headway)
    {
        for (var green = 0; green < 40; green++) Queue(100 * green, 10, headway);
        Assert.Equal(headway, flow.HeadwaySeconds(0), 2);
    }

    [Fact]
    public void Vehicles_that_did_not_stand_teach_nothing()
    {
        for (var v = 0; v < 100; v++) flow.Crossed(0, 3 * v, stood: false);
        Assert.Equal(DischargeRates.HeadwaySeconds, flow.HeadwaySeconds(0));
    }

    [Fact]
    public void A_long_gap_ends_the_queue()
    {
        flow.Halt(0);
        flow.Crossed(0, 0, stood: true);
        flow.Crossed(0, 10, stood: true);
        flow.Crossed(0, 14, stood: true);
        Assert.Equal(DischargeRates.HeadwaySeconds, flow.HeadwaySeconds(0));
    }

    [Fact]
    public void What_is_learned_stays_within_bounds()
    {
        for (var green = 0; green < 100; green++) Queue(100 * green, 10, 3.6);
        Assert.InRange(flow.HeadwaySeconds(0), 2.9, 3.0);
    }

    private void Queue(double begin, int vehicles, double headway)
    {
        flow.Halt(0);
        var at = begin;
        for (var v = 0; v < vehicles; v++)
        {
            flow.Crossed(0, at, stood: true);
            at += headway;
        }
    }
}
