using TrafficAI.Signals;

namespace TrafficAI.Measures.Tests;

/// <summary>Small logs of tracked vehicles, worked by hand. The speed limit is 10 m/s, sight 200 m.</summary>
public sealed class TrackedMeasureTests
{
    [Fact]
    public void The_delay_is_the_crossing_minus_the_arrival_at_the_speed_limit()
    {
        // First seen at second 1, 100 m off: due at 11 s. It halts and leaves in the second that begins at 20 s, from 1 m at 0 m/s: 1 s into it.
        var told = Halting(new Scene(), ObjectClass.Car).Measure();
        Assert.Equal(1, Value(told, MeasureIds.Volume));
        Assert.Equal(21 - 11, Value(told, MeasureIds.ApproachDelay));
        Assert.Equal(1, Value(told, MeasureIds.ArrivalsOnRed));
        Assert.Equal(Missing.Buses, told.Of(MeasureIds.BusDelay)!.Value.Missing);
    }

    [Fact]
    public void A_bus_is_delayed_like_a_car_and_counted_apart()
    {
        var told = Halting(new Scene(), ObjectClass.Bus).Measure();
        Assert.Equal(1, Value(told, MeasureIds.Buses));
        Assert.Equal(10, Value(told, MeasureIds.BusDelay));
    }

    [Fact]
    public void Standing_is_counted_in_vehicle_seconds()
    {
        // It stands in the frames of seconds 11 to 20.
        var told = Halting(new Scene(), ObjectClass.Car).Measure();
        Assert.Equal(10, Value(told, MeasureIds.StandingDelay));
        Assert.Equal(10 / 22.0, Value(told, MeasureIds.QueueMean));
        Assert.Equal(1, Value(told, MeasureIds.QueueLongest));
        Assert.Equal(0.1 * 10, Value(told, MeasureIds.QueueBack));
    }

    [Fact]
    public void Who_vanishes_far_from_the_line_has_not_passed_it()
    {
        var told = new Scene().See(Lamp.Green, At(900, 100)).See(Lamp.Green, At(800, 100)).See(Lamp.Green).Measure();
        Assert.Equal(0, Value(told, MeasureIds.Volume));
    }

    [Fact]
    public void A_queue_that_reaches_the_end_of_sight_spills_back()
    {
        var scene = new Scene();
        for (var i = 0; i < 30; i++) scene.See(Lamp.Red, At(10, 0), At(1_900, 0, track: 2));
        var told = scene.Measure();
        Assert.Equal(0.5, Value(told, MeasureIds.Spillback));
        Assert.Equal(190, Value(told, MeasureIds.QueueBack));
    }

    [Fact]
    public void A_vehicle_before_the_line_in_green_and_after_it_is_a_split_failure()
    {
        var scene = new Scene();
        for (var i = 0; i < 10; i++) scene.See(Lamp.Red, At(10, 0));
        for (var i = 0; i < 10; i++) scene.See(Lamp.Green, At(100, 20, track: 2));
        for (var i = 0; i < 10; i++) scene.See(Lamp.Red, At(10, 0, track: 3));
        Assert.Equal(1, Value(scene.Measure(), MeasureIds.SplitFailureRate));
    }

    [Fact]
    public void Speeds_are_taken_at_fifty_metres_after_fifteen_seconds_of_green()
    {
        var scene = new Scene();
        for (var i = 0; i < 20; i++) scene.See(Lamp.Green);
        scene.See(Lamp.Green, At(600, 120)).See(Lamp.Green, At(480, 120)).See(Lamp.Green, At(360, 120));
        Assert.Equal(43.2, Value(scene.Measure(), MeasureIds.Speed)!.Value, 9);
    }

    [Fact]
    public void Half_and_85_of_a_hundred_vehicles_drive_no_faster_than_the_percentiles()
    {
        var scene = new Scene();
        for (var i = 0; i < 20; i++) scene.See(Lamp.Green);
        foreach (var i in (int[])[7, 1, 20, 3, 15, 9, 11, 2, 18, 4, 6, 5, 17, 8, 10, 12, 13, 14, 16, 19])
            scene.See(Lamp.Green, At(550, 100 + i, track: (uint)i)).See(Lamp.Green, At(440, 100 + i, track: (uint)i));
        var told = scene.Measure();
        Assert.Equal(39.6, Value(told, MeasureIds.Speed50)!.Value, 9);
        Assert.Equal(42.12, Value(told, MeasureIds.Speed85)!.Value, 9);
        Assert.Null(Value(new Scene().See(Lamp.Green).See(Lamp.Green).Measure(), MeasureIds.Speed85));
    }

    [Fact]
    public void The_diagram_has_a_point_for_each_arrival_within_its_cycle()
    {
        var scene = new Scene();
        for (var i = 0; i < 5; i++) scene.See(Lamp.Amber);
        scene.See(Lamp.Red, At(1_000, 100)); // seen at 6 s, due at 16 s
        for (var i = 1; i < 25; i++) scene.See(Lamp.Red, At(Math.Max(10, 1_000 - 100 * i), i < 10 ? 100 : 0));
        for (var i = 0; i < 10; i++) scene.See(Lamp.Green);
        scene.See(Lamp.Amber).See(Lamp.Red);
        var diagram = scene.Meter().Diagram.Of(0, 0, 100);
        Assert.Equal(new LaneCycle(5, 30, 40, 41), Assert.Single(diagram.Cycles));
        Assert.Equal(new DiagramPoint(16_000, 11_000, Light.Red), Assert.Single(diagram.Points));
        Assert.Equal(new GreenSpan(30, 40), Assert.Single(scene.Meter().Diagram.Greens([0], 0, 100)));
    }

    private static Scene Halting(Scene scene, ObjectClass by)
    {
        for (var i = 0; i < 20; i++) scene.See(i < 19 ? Lamp.Red : Lamp.Green, At(Math.Max(10, 1_000 - 100 * i), i < 10 ? 100 : 0, by));
        return scene.See(Lamp.Green).See(Lamp.Green);
    }

    private static TrackedObject At(int decimetres, int speed, ObjectClass by = ObjectClass.Car, uint track = 1) => new(0, (ushort)decimetres, (ushort)speed, by, track);

    private static double? Value(IntersectionMeasures told, string id) => told.Of(id)!.Value.Value;
}
