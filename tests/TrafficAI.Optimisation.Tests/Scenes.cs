using System.Collections.Immutable;
using TrafficAI.Signals;

namespace TrafficAI.Optimisation.Tests;

/// <summary>Pictures, lamps and frames for tests.</summary>
internal static class Scenes
{
    public static ApproachingVehicle Standing(int place, uint key = 1) => new(place * 7.5, 0, 0, true, ObjectClass.Car, key + (uint)place);

    public static ApproachingVehicle Moving(double arrivalSeconds, uint key = 500) =>
        new(arrivalSeconds * 0.9 * Street.Limit, 0.9 * Street.Limit, arrivalSeconds, false, ObjectClass.Car, key + (uint)(arrivalSeconds * 10));

    public static ApproachingVehicle[] Queue(int vehicles, uint key = 1) => [.. Enumerable.Range(0, vehicles).Select(i => Standing(i, key))];

    public static TrafficPicture Picture(IntersectionModel model, params ApproachingVehicle[][] lanes) => new(
        100,
        [.. model.Lanes.Select(l => new LaneTraffic([.. lanes[l.Index]], lanes[l.Index].Count(v => v.Standing), 60))],
        [.. model.Movements.Select(m => 1.0 / model.Lanes[m.StopLane].Movements.Length)],
        [.. new bool[model.ExitDetectors.Length]],
        [.. new int[model.UnseenGroups.Length]]);

    public static SignalState Showing(IntersectionModel model, int phase, int elapsed = 20, long second = 99)
    {
        var green = model.Signals.Phases[phase - 1].Green;
        return new(
            second, new(phase), null, elapsed,
            [.. green.Select(g => g ? Lamp.Green : Lamp.Red)], [.. green.Select(_ => elapsed)], 1);
    }

    public static Frame Frame(IntersectionModel model, SignalState signals, DetectorReadings readings) =>
        new(model.Signals.Id, signals.Second + 1, ControlMode.Plan, signals, readings);

    public static DetectorReadings Seen(IntersectionModel model, params TrackedObject[] objects) =>
        new(Sensing.Full, [.. objects], ImmutableArray.Create(new LoopReading[model.Intersection.Detectors.Length]));
}
