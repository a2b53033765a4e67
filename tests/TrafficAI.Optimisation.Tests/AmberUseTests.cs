using TrafficAI.Network;
using TrafficAI.Signals;
using static TrafficAI.Optimisation.Tests.Scenes;

namespace TrafficAI.Optimisation.Tests;

public sealed class AmberUseTests
{
    private const double Limit = 13.9;

    public static TheoryData<double> Speeds => [5, 6, 7, 8, 9, 10, 11, 12, 13];

    [Theory]
    [MemberData(nameof(Speeds))]
    public void Those_stop_who_can_brake_as_the_vehicles_of_SUMO_do(double speed)
    {
        Assert.True(Stops(BrakeGap(speed) + 1.5, speed));
        Assert.False(Stops(BrakeGap(speed) / 2, speed));
    }

    [Fact]
    public void Whoever_stands_does_not_pass() => Assert.Equal(0, AmberUse.Of(1, 0, Limit));

    [Fact]
    public void The_faster_and_the_farther_back_in_a_queue_the_longer()
    {
        Assert.Equal(0, AmberUse.OfQueue(0));
        Assert.All(Enumerable.Range(0, 8), place => Assert.True(AmberUse.OfQueue(place + 1) >= AmberUse.OfQueue(place)));
        Assert.InRange(AmberUse.OfQueue(100), 0.7, 1);
        Assert.Equal(AmberUse.MostSeconds, AmberUse.OfSpeed(80));
    }

    [Fact]
    public void To_cut_off_one_who_can_still_stop_costs_more_than_to_end_behind_one_who_cannot()
    {
        var model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");
        var slow = new ApproachingVehicle(2.6, 4, 0.2, false, ObjectClass.Car, 7);
        var fast = new ApproachingVehicle(7.4, 12, 0.6, false, ObjectClass.Car, 7);
        Assert.True(Worth(slow) < Worth(fast) - 3);

        double Worth(ApproachingVehicle head) => Strategies.Create("adaptive", model)
            .Propose(new(Picture(model, [head], Queue(8, 90)), Showing(model, 1))).Candidates.ToArray().Single(c => c.Phase == new PhaseId(2)).Worth;
    }

    /// <summary>By steps of a second, at each of which 4.5 m/s are lost before it moves.</summary>
    private static double BrakeGap(double speed)
    {
        var gap = 0.0;
        for (; speed > 0; gap += speed) speed = Math.Max(0, speed - 4.5);
        return gap;
    }

    private static bool Stops(double metres, double speed)
    {
        var atLine = Math.Min(Limit, Math.Sqrt(speed * speed + 2 * DischargeRates.SpeedingUp * metres));
        return 2 * metres / (speed + atLine) >= AmberUse.Of(metres, speed, Limit);
    }
}
