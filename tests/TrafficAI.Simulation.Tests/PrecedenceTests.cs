using TrafficAI.Simulation.Map;
using TrafficAI.Simulation.Model;
using TrafficAI.Simulation.Tests.Demand;

namespace TrafficAI.Simulation.Tests;

/// <summary>Two inside the four-arm junction: one is on a way that yields to the other's by the matrix; the other came first, and waits for a gap of its own.</summary>
public sealed class PrecedenceTests
{
    private const double Beside = double.NegativeInfinity;
    private readonly StreetState state = new Street(Scene.FourArm, Scene.Read("<trip id=\"a\" depart=\"0\" from=\"north_approach\" to=\"south_exit\"/>"), new()).State;
    private readonly int link;
    private readonly Meeting meeting;

    public PrecedenceTests()
    {
        var links = state.Map.Links;
        (link, meeting) = Enumerable.Range(0, links.Length).SelectMany(link => links[link].Meetings.Select(meeting => (link, meeting)))
            .First(pair => pair.meeting is { FoeMayWait: true, Yields: true, FoeYields: false });
    }

    [Fact]
    public void With_equal_lights_the_matrix_decides() => Assert.True(OtherGoesFirst('G', 'G', Standing));

    [Fact]
    public void A_major_green_goes_before_a_minor_one()
    {
        Assert.False(OtherGoesFirst('G', 'g', Standing));
        Assert.True(OtherGoesFirst('g', 'G', Standing));
    }

    [Fact]
    public void Who_was_caught_inside_by_a_red_may_leave()
    {
        Assert.False(OtherGoesFirst('r', 'G', Standing));
        Assert.True(OtherGoesFirst('G', 'r', Standing));
    }

    [Fact]
    public void Of_two_caught_by_a_red_who_is_where_ways_cross_goes_before_who_waits() => Assert.False(OtherGoesFirst('r', 'r', Standing));

    [Fact]
    public void Who_was_caught_lets_one_pass_who_comes_and_cannot_stop()
    {
        var coming = Standing with { Speed = 10 };
        Assert.True(OtherGoesFirst('r', 'G', coming, gap: -6));
        Assert.False(OtherGoesFirst('r', 'G', coming, gap: -60));
    }

    private Car Standing => new() { Lane = meeting.Lane, Vehicle = 1, Length = 5, Entered = 3, EnteredFirst = 3, EnteredConflict = Car.Never };

    private bool OtherGoesFirst(char light, char otherLight, Car other, double gap = Beside)
    {
        (state.LinkState[meeting.Entry], state.LinkState[meeting.FoeEntry]) = (light, otherLight);
        var ego = new Car { Lane = state.Map.Links[link].From, Length = 5, Entered = 5, EnteredFirst = 5, EnteredConflict = 5 };
        return new Precedence(state).IsFirst(other, ego, link, meeting, gap);
    }
}
