using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>What is told by other events than frames, worked by hand.</summary>
public sealed class FactMeasureTests
{
    private static readonly PhaseId One = new(1);
    private static readonly PhaseId Two = new(2);

    [Fact]
    public void Terminations_are_those_of_the_groups_that_the_next_phase_lacks()
    {
        var told = Tell(
            new Fact.Decided(10, One, Two, "actuated", Termination.GapOut, false), new Fact.Decided(20, Two, Two, "actuated", Termination.Optimiser, false),
            new Fact.Decided(50, One, Two, "actuated", Termination.MaxOut, false), new Fact.Decided(60, One, Two, "actuated", Termination.MaxOut, false), new Fact.Decided(70, One, Two, "fixed", Termination.ForceOff, false));
        Assert.Equal(0.25, Value(told, MeasureIds.GapOuts));
        Assert.Equal(0.5, Value(told, MeasureIds.MaxOuts));
        Assert.Equal(0.25, Value(told, MeasureIds.ForceOffs));
        Assert.Equal(0, Value(told, MeasureIds.ByOptimiser));
        Assert.Equal(5, Value(told, MeasureIds.Decisions));
        Assert.Equal(4, told.Of(SubjectKind.Strategy, "actuated", MeasureIds.Decisions)!.Value.Value);
    }

    [Fact]
    public void A_detector_is_faulty_until_it_is_good_again_and_to_the_end_if_never()
    {
        var told = Tell(new Fact.DetectorChanged(20, "w_0/stop", "stuck"), new Fact.DetectorChanged(30, "w_0/stop", "silent"), new Fact.DetectorChanged(50, "w_0/stop", "good"), new Fact.DetectorChanged(90, "w_0/advance", "silent"));
        Assert.Equal((30 + 10) / 60.0, Value(told, MeasureIds.DetectorFaults));
        Assert.Equal(0.5, told.Of(SubjectKind.Detector, "w_0/stop", MeasureIds.DetectorFaults)!.Value.Value);
    }

    [Fact]
    public void A_fault_from_before_the_window_goes_on_within()
    {
        var scene = new Scene().Show(100, Lamp.Red);
        var meter = scene.Meter(new(60, 100, 900));
        meter.Take(new Fact.DetectorChanged(5, "w_0/stop", "stuck"));
        Assert.Equal(40 / 60.0, Value(IntersectionReport.Of(meter, 60, 100), MeasureIds.DetectorFaults));
    }

    [Fact]
    public void Rungs_last_until_the_next()
    {
        var told = Tell(new Fact.LevelChanged(40, "sensed", "profiles"), new Fact.LevelChanged(70, "profiles", "sensed"));
        Assert.Equal(70 / 60.0, told.Of(SubjectKind.Level, "sensed", MeasureIds.LevelTime)!.Value.Value);
        Assert.Equal(30 / 60.0, told.Of(SubjectKind.Level, "profiles", MeasureIds.LevelTime)!.Value.Value);
    }

    [Fact]
    public void Requests_are_served_when_they_are_completed()
    {
        var told = Tell(new Fact.PriorityAsked(5, "a/1", ObjectClass.Bus), new Fact.PriorityAnswered(5, "a/1", "queued"), new Fact.PriorityAnswered(9, "a/1", "completed"),
            new Fact.PriorityAsked(30, "a/2", ObjectClass.Bus), new Fact.PriorityAnswered(30, "a/2", "rejected"));
        Assert.Equal(2, Value(told, MeasureIds.PriorityRequests));
        Assert.Equal(0.5, Value(told, MeasureIds.PriorityServed));
        Assert.Equal(Missing.Counterfactual, told.Of(MeasureIds.PriorityTimeSaved)!.Value.Missing);
    }

    [Fact]
    public void An_emergency_vehicle_is_counted_once_however_often_is_decided_for_it()
    {
        var told = Tell(new Fact.Decided(10, One, Two, "adaptive", Termination.Optimiser, true), new Fact.Decided(15, Two, Two, "adaptive", Termination.Optimiser, true), new Fact.Decided(30, Two, One, "adaptive", Termination.Optimiser, false));
        Assert.Equal(1, Value(told, MeasureIds.Preemptions));
    }

    [Fact]
    public void Without_decisions_nobody_knows_why_a_green_ended()
    {
        var told = new Scene().Show(20, Lamp.Green).Show(20, Lamp.Red).Measure();
        Assert.Equal(Missing.Terminations, told.Of(MeasureIds.GapOuts)!.Value.Missing);
        Assert.Equal(Missing.Decisions, told.Of(MeasureIds.Decisions)!.Value.Missing);
    }

    [Fact]
    public void Silence_is_an_outage_after_thirty_seconds()
    {
        var told = new Scene().Show(10, Lamp.Red).Lose(31).Show(10, Lamp.Red).Lose(29).Show(10, Lamp.Red).Measure();
        Assert.Equal(1, Value(told, MeasureIds.Outages));
        Assert.Equal(31 / 60.0, Value(told, MeasureIds.OutageTime));
        Assert.Equal(31 / 60.0, Value(told, MeasureIds.OutageLongest));
    }

    [Fact]
    public void An_outage_goes_on_while_seconds_are_missed()
    {
        var meter = new Scene().Show(10, Lamp.Red).Meter(new(0, 100, 900));
        for (var second = 11; second <= 100; second++) meter.Take(new Fact.FrameMissed(second));
        Assert.Equal(90 / 60.0, Value(IntersectionReport.Of(meter, 0, 100), MeasureIds.OutageTime));
    }

    [Fact]
    public void A_flashing_green_that_goes_steady_or_ends_early_breaks_its_promise()
    {
        // The group promises 3 s of flashing.
        var told = new Scene().Show(5, Lamp.Red).Show(10, Lamp.Green).Show(3, Lamp.FlashingGreen).Show(3, Lamp.Amber).Show(5, Lamp.Red)
            .Show(10, Lamp.Green).Show(2, Lamp.FlashingGreen).Show(3, Lamp.Green).Show(2, Lamp.FlashingGreen).Show(3, Lamp.Amber).Show(3, Lamp.Red).Measure();
        Assert.Equal(3, Value(told, MeasureIds.Promises));
        Assert.Equal(2, Value(told, MeasureIds.BrokenPromises));
        Assert.Equal(Missing.Promises, told.Of(SubjectKind.Group, "P1", MeasureIds.BrokenPromises)!.Value.Missing);
    }

    [Fact]
    public void A_pedestrian_who_comes_at_any_moment_waits_red_squared_over_twice_the_cycle()
    {
        var told = new Scene().Show(10, Lamp.Red, walk: Lamp.Red).Show(20, Lamp.Red, walk: Lamp.Green).Show(40, Lamp.Red).Show(20, Lamp.Red, walk: Lamp.Green).Show(10, Lamp.Red).Measure();
        Assert.Equal(40 * 40 / (2.0 * 60), Value(told, MeasureIds.PedestrianWait));
        Assert.Equal(Missing.PedestrianCalls, told.Of(MeasureIds.PedestrianDelay)!.Value.Missing);
    }

    [Fact]
    public void A_pushed_button_waits_for_walk()
    {
        var scene = new Scene().Show(10, Lamp.Red);
        var meter = scene.Meter();
        meter.Take(new Fact.PedestrianCalled(12, 1));
        foreach (var frame in new Scene().Lose(10).Show(20, Lamp.Red).Show(5, Lamp.Red, walk: Lamp.Green).Frames) meter.Take(frame);
        Assert.Equal(30 - 12, Value(IntersectionReport.Of(meter, 0, 900), MeasureIds.PedestrianDelay));
    }

    [Fact]
    public void Orders_of_operators_are_counted_and_timed()
    {
        var told = Tell(new Fact.OverrideChanged(10, true), new Fact.OverrideChanged(40, false), new Fact.OverrideChanged(70, true));
        Assert.Equal(2, Value(told, MeasureIds.Overrides));
        Assert.Equal(1, Value(told, MeasureIds.OverrideTime));
    }

    [Fact]
    public void Detectors_are_faulty_since_a_second()
    {
        var meter = new Scene().Show(10, Lamp.Red).Meter();
        meter.Take(new Fact.DetectorChanged(3, "w_0/stop", "stuck"));
        Assert.Equal(("w_0/stop", 3L), Assert.Single(meter.FaultyDetectors(9)));
        Assert.Empty(meter.FaultyDetectors(2));
    }

    [Fact]
    public void A_frame_that_is_no_newer_is_refused_and_counted()
    {
        var scene = new Scene().Show(10, Lamp.Red, stop: new(1, 300));
        var meter = scene.Meter();
        foreach (var frame in scene.Frames) meter.Take(frame);
        var told = IntersectionReport.Of(meter, 0, 900);
        Assert.Equal(10, Value(told, MeasureIds.InputsRefused));
        Assert.Equal(10, Value(told, MeasureIds.Volume));
    }

    private static IntersectionMeasures Tell(params ReadOnlySpan<Fact> facts)
    {
        var meter = new Scene().Show(100, Lamp.Red).Meter(new(0, 100, 900));
        foreach (var fact in facts) meter.Take(fact);
        return IntersectionReport.Of(meter, 0, 100);
    }

    private static double? Value(IntersectionMeasures told, string id) => told.Of(id)!.Value.Value;
}
