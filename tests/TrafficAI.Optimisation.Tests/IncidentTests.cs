using TrafficAI.Network;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>A vehicle that stands at the line of lane 0 through its greens of 30 s, one each minute.</summary>
public sealed class IncidentTests
{
    private const int Cycle = 60;
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");
    private static readonly IntersectionModel Shared = new Street().Lane(TurnDirection.Straight, TurnDirection.Left).Lane(TurnDirection.Straight).Phases("Grr", "rrG");
    private readonly Estimator estimator = new(Model);
    private long second;

    [Fact]
    public void A_lane_that_does_not_move_in_spite_of_green_is_found_within_two_cycles()
    {
        Assert.Empty(Stand(Cycle).Incidents);
        var incident = Assert.Single(Stand(Cycle).Incidents);
        Assert.Equal(0, incident.Lane);
        Assert.Contains("through 2 greens", incident.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_demand_calls_nothing_until_a_probe_is_due()
    {
        Stand(2 * Cycle);
        Assert.Empty(Stand(1).Lanes[0].Vehicles.ToArray());
        Assert.Equal(1, Stand(1).Lanes[0].Queue);
        var red = Enumerable.Range(0, 150).Select(_ => Observe(Standing, green: false).Lanes[0].Vehicles.Length).ToList();
        Assert.Equal(120, red.IndexOf(1) + 1);
        Observe(Standing, green: true);
        Assert.Empty(Stand(1).Lanes[0].Vehicles.ToArray());
    }

    [Fact]
    public void It_ends_when_the_lane_discharges_again()
    {
        Stand(2 * Cycle);
        Assert.Empty(Observe([new(0, 30, 60, ObjectClass.Car, 7)], green: true).Incidents.Where(i => i.Lane != 0));
        var after = Observe([new(0, 75, 0, ObjectClass.Car, 8)], green: true);
        Assert.Empty(after.Incidents);
        Assert.Single(after.Lanes[0].Vehicles.ToArray());
    }

    [Fact]
    public void Before_a_full_exit_nobody_is_to_blame()
    {
        for (var s = 0; s < 3 * Cycle; s++) Assert.Empty(Observe(Standing, s % Cycle < 30, exitOccupied: true).Incidents);
    }

    [Fact]
    public void A_head_that_may_wait_for_another_green_is_left_in_peace()
    {
        var shared = new Estimator(Shared);
        for (var s = 0; s < 5 * Cycle; s++)
        {
            var frame = Scenes.Frame(Shared, Scenes.Showing(Shared, s % Cycle < 30 ? 1 : 2, 1 + s % 30, s), Scenes.Seen(Shared, Standing));
            Assert.Empty(shared.Observe(frame).Incidents);
        }
    }

    private static TrackedObject[] Standing => [new(0, 10, 0, ObjectClass.Car, 7)];

    private TrafficPicture Stand(int seconds)
    {
        TrafficPicture picture = null!;
        for (var s = 0; s < seconds; s++) picture = Observe(Standing, second % Cycle < 30);
        return picture;
    }

    private TrafficPicture Observe(TrackedObject[] objects, bool green, bool exitOccupied = false)
    {
        var loops = new LoopReading[Model.Intersection.Detectors.Length];
        if (exitOccupied) loops[Model.ExitDetectors[0]] = new((byte)(second % 10 == 0 ? 1 : 0), 1000);
        var readings = new DetectorReadings(Sensing.Full, [.. objects], [.. loops]);
        return estimator.Observe(Scenes.Frame(Model, Scenes.Showing(Model, green ? 1 : 2, 1 + (int)(second % 30), second++), readings));
    }
}
