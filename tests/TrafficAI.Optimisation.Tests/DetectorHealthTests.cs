using TrafficAI.Network;
using TrafficAI.Optimisation.Health;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Lane 0 has 30 s of green each minute; a vehicle comes every 6 s. What becomes of its loops is told by each test.</summary>
public sealed class DetectorHealthTests
{
    private const int Stop = 0;
    private const int Advance = 2;
    private const int Exit = 4;
    private static readonly IntersectionModel Model = new Street().Lane(TurnDirection.Straight).Lane(TurnDirection.Straight).Phases("Gr", "rG");
    private static readonly LoopReading Dead = new(0, 0);
    private static readonly LoopReading Stuck = new(0, 1000);
    private readonly Estimator estimator = new(Model);
    private readonly LoopStreet street = new();
    private long second;

    [Fact]
    public void Loops_that_see_traffic_are_never_doubted()
    {
        for (var s = 0; s < 1800; s++) Assert.All(Run(1, (_, r) => r).Detectors, d => Assert.Equal(DetectorHealth.Undoubted, d));
    }

    [Theory]
    [InlineData(Stop)]
    [InlineData(Advance)]
    [InlineData(Exit)]
    public void A_dead_loop_is_found_by_what_the_others_see_and_trusted_again_when_it_counts(int loop)
    {
        Run(300, (_, r) => r);
        Assert.Equal(DetectorCondition.Silent, Run(180, Only(loop, Dead)).Detectors[loop].Condition);
        Assert.All(Enumerable.Range(0, 6).Where(i => i != loop), i => Assert.True(IsTrusted(i)));
        Assert.True(Run(90, (_, r) => r).Detectors[loop].IsGood);

        bool IsTrusted(int i) => Run(1, Only(loop, Dead)).Detectors[i].IsGood;
    }

    [Theory]
    [InlineData(Stop)]
    [InlineData(Exit)]
    public void A_loop_that_is_always_occupied_is_found(int loop)
    {
        Run(300, (_, r) => r);
        Assert.Equal(DetectorCondition.Stuck, Run(330, Only(loop, Stuck)).Detectors[loop].Condition);
    }

    [Fact]
    public void A_loop_that_chatters_is_found_at_once_and_trusted_after_some_quiet_minutes()
    {
        Assert.Equal(DetectorCondition.Chattering, Run(30, Only(Stop, new(2, 200))).Detectors[Stop].Condition);
        Assert.Equal(DetectorCondition.Chattering, Run(120, (_, r) => r).Detectors[Stop].Condition);
        Assert.True(Run(600, (_, r) => r).Detectors[Stop].IsGood);
    }

    [Fact]
    public void More_than_a_lane_can_carry_is_not_believed()
    {
        Assert.Equal(DetectorCondition.Impossible, Run(1, Only(Stop, new(9, 200))).Detectors[Stop].Condition);
        Assert.Equal(DetectorCondition.Impossible, Run(300, Only(Advance, new(1, 200))).Detectors[Advance].Condition);
    }

    [Fact]
    public void A_blind_lane_is_expected_to_have_the_traffic_that_it_had()
    {
        Run(900, (_, r) => r);
        var lost = Enumerable.Range(0, 600).Select(_ => Run(1, (i, r) => i is Stop or Advance ? Dead : r).Lanes[0].Copy()).ToList();
        Assert.False(lost[0].Blind);
        Assert.True(lost[^1].Blind);
        var left = lost.Skip(300).Count(lane => lane.SinceDischargeSeconds == 0);
        Assert.InRange(left, 30, 50); // 50 came in 300 s; the head of each cycle is counted in red, and the exit of this street misses it too
        Assert.Contains(lost.Skip(300), lane => lane.Queue >= 3);
    }

    [Fact]
    public void With_a_dead_stop_loop_the_queue_is_that_of_the_advance_loop()
    {
        Run(300, (_, r) => r);
        Run(180, Only(Stop, Dead));
        for (var s = 0; s < 300; s++)
        {
            var lane = Run(1, Only(Stop, Dead)).Lanes[0];
            Assert.False(lane.Blind);
            Assert.InRange(lane.Vehicles.Length - street.Between, -3, 3);
        }
    }

    [Fact]
    public void A_broken_link_is_no_broken_detector()
    {
        Run(300, (_, r) => r);
        second += 900;
        Assert.All(Run(1, (_, r) => r).Detectors, d => Assert.True(d.IsGood));
    }

    private static Func<int, LoopReading, LoopReading> Only(int loop, LoopReading says) => (i, r) => i == loop ? says : r;

    private TrafficPicture Run(int seconds, Func<int, LoopReading, LoopReading> says)
    {
        TrafficPicture picture = null!;
        for (var s = 0; s < seconds; s++)
        {
            var green = second % 60 < 30;
            var (stop, advance) = street.Second(green, second % 6 == 0);
            var truth = new LoopReading[6];
            (truth[Stop], truth[Advance], truth[Exit]) = (stop, advance, green && stop.Count > 0 ? new(1, 300) : default);
            truth[1] = truth[3] = truth[5] = new((byte)(second % 20 == 0 && !green ? 1 : 0), 0);
            var readings = new DetectorReadings(Sensing.Loops, [], [.. truth.Select((r, i) => says(i, r))]);
            picture = estimator.Observe(Scenes.Frame(Model, Scenes.Showing(Model, green ? 1 : 2, 1 + (int)(second % 30), second), readings));
            second++;
        }

        return picture;
    }
}
