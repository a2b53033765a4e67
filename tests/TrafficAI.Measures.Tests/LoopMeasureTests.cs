using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>Small logs of loops, worked by hand.</summary>
public sealed class LoopMeasureTests
{
    private static readonly LoopReading One = new(1, 400);
    private static readonly LoopReading Stands = new(0, 1000);

    [Fact]
    public void Volume_counts_each_vehicle_once()
    {
        var told = new Scene().Show(10, Lamp.Red).Show(3, Lamp.Green, stop: One).Show(7, Lamp.Green).Measure();
        Assert.Equal(3, Value(told, MeasureIds.Volume));
        Assert.Equal(3 * 3600 / 20.0, Value(told, MeasureIds.Flow));
        Assert.Equal(1, told.Of(MeasureIds.Volume)!.Value.Coverage);
    }

    [Fact]
    public void A_vehicle_arrives_five_seconds_after_the_advance_loop()
    {
        // Over the loop in second 4: at the line in second 9, the last of red. In second 5: second 10, the first of green. In 15: second 20, yellow.
        var scene = new Scene().Show(4, Lamp.Red).Show(2, Lamp.Red, advance: One).Show(4, Lamp.Red).Show(5, Lamp.Green).Show(1, Lamp.Green, advance: One).Show(4, Lamp.Green)
            .Show(3, Lamp.Amber).Show(7, Lamp.Red);
        var told = scene.Measure();
        Assert.Equal(1 / 3.0, Value(told, MeasureIds.ArrivalsOnGreen));
        Assert.Equal(1 / 3.0, Value(told, MeasureIds.ArrivalsOnRed));
    }

    [Fact]
    public void The_delay_of_who_arrives_on_red_lasts_to_the_next_green()
    {
        // At the line at 2.5 + 5 = 7.5 s, green at 20 s: 12.5 s. Another one on green: 0 s.
        var told = new Scene().Show(2, Lamp.Red).Show(1, Lamp.Red, advance: One).Show(17, Lamp.Red).Show(1, Lamp.Green, advance: One).Show(9, Lamp.Green).Measure();
        Assert.Equal(6.25, Value(told, MeasureIds.ApproachDelay));
    }

    [Fact]
    public void A_queue_that_leaves_goes_on_and_stands_again_is_a_split_failure()
    {
        var told = Cycle(new Scene().Show(20, Lamp.Red, stop: Stands), One, Stands).Measure();
        Assert.Equal(1, Value(told, MeasureIds.SplitFailures));
        Assert.Equal(1, Value(told, MeasureIds.SplitFailureRate));
    }

    [Theory]
    [InlineData(8, 4, 1)] // 8 of 10 green seconds and 4 of 5 red ones: both over 79 %
    [InlineData(7, 5, 0)] // 70 % of the green: no failure
    [InlineData(10, 3, 0)] // 60 % of the red: no failure
    public void The_thresholds_are_79_per_cent_of_the_green_and_of_five_seconds_of_red(int green, int red, int failures)
    {
        var told = new Scene().Show(20, Lamp.Red).Show(green, Lamp.Green, stop: One).Show(10 - green, Lamp.Green).Show(3, Lamp.Amber)
            .Show(red, Lamp.Red, stop: Stands).Show(20, Lamp.Red).Measure();
        Assert.Equal(failures, Value(told, MeasureIds.SplitFailures));
        Assert.Equal(failures, Value(told, MeasureIds.SplitFailureRate));
    }

    [Fact]
    public void A_detector_that_was_on_for_an_hour_before_the_window_fails_every_cycle_in_it()
    {
        var scene = new Scene();
        for (var cycle = 0; cycle < 60; cycle++) scene.Show(45, Lamp.Red, stop: Stands).Show(12, Lamp.Green, stop: Stands).Show(3, Lamp.Amber, stop: Stands);
        var before = scene.Second;
        Assert.Equal(3600, before);
        for (var cycle = 0; cycle < 10; cycle++) scene.Show(45, Lamp.Red, stop: Stands).Show(12, Lamp.Green, stop: Stands).Show(3, Lamp.Amber, stop: Stands);
        var told = scene.Measure(from: before);
        Assert.Equal(10, Value(told, MeasureIds.SplitFailures)); // that of the cycle that straddles the boundary too
        Assert.Equal(1, Value(told, MeasureIds.SplitFailureRate));
    }

    [Fact]
    public void A_cycle_that_straddles_the_beginning_is_measured_whole()
    {
        var scene = new Scene().Show(30, Lamp.Red).Show(20, Lamp.Green).Show(3, Lamp.Amber).Show(30, Lamp.Red);
        var told = scene.Measure(from: 40);
        Assert.Equal(1, Value(told, MeasureIds.Splits));
        Assert.Equal(23, Value(told, MeasureIds.SplitMean));
        Assert.Equal(20, Value(told, MeasureIds.GreenMean));
    }

    [Fact]
    public void A_cycle_with_a_hole_in_it_does_not_count()
    {
        var told = new Scene().Show(30, Lamp.Red).Show(5, Lamp.Green).Lose(5).Show(10, Lamp.Green).Show(3, Lamp.Amber).Show(30, Lamp.Red).Measure();
        Assert.Equal(Missing.Cycles, told.Of(MeasureIds.SplitMean)!.Value.Missing);
        Assert.Equal(78 / 83.0, told.Of(MeasureIds.Volume)!.Value.Coverage);
        Assert.Equal(78 / 83.0, Value(told, MeasureIds.Connected));
    }

    [Fact]
    public void Waiting_lasts_from_the_first_who_stands_on_red_to_the_green()
    {
        var told = new Scene().Show(5, Lamp.Red).Show(15, Lamp.Red, stop: Stands).Show(10, Lamp.Green).Show(3, Lamp.Amber).Show(4, Lamp.Red).Show(6, Lamp.Red, stop: Stands).Show(1, Lamp.Green).Measure();
        Assert.Equal((15 + 6) / 2.0, Value(told, MeasureIds.WaitMean));
        Assert.Equal(15, Value(told, MeasureIds.WaitLongest));
    }

    [Fact]
    public void Green_is_used_two_seconds_by_each_vehicle()
    {
        var told = new Scene().Show(5, Lamp.Red).Show(4, Lamp.Green, stop: One).Show(12, Lamp.Green).Show(3, Lamp.Amber, stop: One).Measure();
        Assert.Equal(2.0 * 4 / 16, Value(told, MeasureIds.GreenUtilisation));
    }

    [Fact]
    public void An_exit_that_stays_occupied_blocks_the_junction_after_eight_seconds()
    {
        var told = new Scene().Show(10, Lamp.Red).Show(30, Lamp.Red, exit: Stands).Show(10, Lamp.Red).Measure();
        Assert.Equal((30 - 8 + 1) / 60.0, Value(told, MeasureIds.BlockedJunction)); // from its ninth second to the first that it is clear
    }

    [Fact]
    public void A_phase_is_stuck_after_three_minutes_if_somebody_waits_elsewhere()
    {
        var told = new Scene().Show(200, Lamp.Red, stop: Stands).Measure();
        Assert.Equal(20 / 60.0, Value(told, MeasureIds.StuckPhase));
        Assert.Equal(0, Value(new Scene().Show(200, Lamp.Red).Measure(), MeasureIds.StuckPhase));
    }

    [Fact]
    public void The_way_of_a_lane_with_one_way_is_known()
    {
        var told = new Scene().Show(5, Lamp.Green, stop: One).Show(3, Lamp.Green).Show(5, Lamp.Green, exit: One).Show(30, Lamp.Green).Measure();
        Assert.Equal(5, told.Of(SubjectKind.Movement, "w_0>e_0", MeasureIds.Turns)!.Value.Value);
        Assert.Equal(1, Value(told, MeasureIds.TurnsKnown));
    }

    [Fact]
    public void What_only_tracked_vehicles_tell_is_missing_and_not_zero()
    {
        var told = new Scene().Show(60, Lamp.Red, stop: Stands).Measure();
        foreach (var id in new[] { MeasureIds.QueueMean, MeasureIds.QueueBack, MeasureIds.Spillback, MeasureIds.StandingDelay, MeasureIds.BusDelay, MeasureIds.Speed })
        {
            var value = told.Of(id)!.Value;
            Assert.Null(value.Value);
            Assert.Equal(Missing.TrackedVehicles, value.Missing);
        }
    }

    [Fact]
    public void Without_frames_nothing_is_zero_but_the_connection()
    {
        var told = new Scene().Show(60, Lamp.Red).Measure(from: 900, to: 1800);
        Assert.Equal(0, Value(told, MeasureIds.Connected));
        Assert.Equal(Missing.Frames, told.Of(MeasureIds.Volume)!.Value.Missing);
        Assert.Null(told.Of(MeasureIds.Volume)!.Value.Value);
    }

    private static Scene Cycle(Scene scene, LoopReading green, LoopReading red) =>
        scene.Show(10, Lamp.Green, stop: green).Show(3, Lamp.Amber, stop: red).Show(20, Lamp.Red, stop: red);

    private static double? Value(IntersectionMeasures told, string id) => told.Of(id)!.Value.Value;
}
