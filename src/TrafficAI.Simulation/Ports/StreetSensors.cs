using System.Collections.Immutable;
using TrafficAI.Network;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;

namespace TrafficAI.Simulation.Ports;

/// <summary>All detectors of the built-in street: what is seen of it after each second.</summary>
internal sealed class StreetSensors
{
    private readonly RoadNetwork network;
    private readonly Sensing sensing;
    private readonly VehicleSensor[] vehicleSensors;
    private readonly List<LaneView>[] views;
    private readonly LoopSensor?[][] loopsOf;
    private readonly List<LoopWatch> watches = [];
    private readonly Sightings sightings;
    private LaneCar[] cars = new LaneCar[64];

    /// <param name="vehicles">How many the demand has.</param>
    public StreetSensors(RoadNetwork network, Sensing sensing, int vehicles)
    {
        this.network = network;
        this.sensing = sensing;
        sightings = new(vehicles);
        vehicleSensors = sensing == Sensing.Full ? [.. network.Intersections.Select(_ => new VehicleSensor())] : [];
        views = [.. network.Lanes.Select(_ => new List<LaneView>())];
        loopsOf = [.. network.Intersections.Select(LayLoops)];
        for (var i = 0; i < vehicleSensors.Length; i++)
            AddViews(network.Intersections[i], vehicleSensors[i]);
    }

    /// <summary>Looks at the street at the end of a second.</summary>
    public void Look(Street street)
    {
        foreach (var sensor in vehicleSensors)
            sensor.Begin();
        sightings.Begin();
        for (var lane = 0; lane < network.Lanes.Length; lane++)
            LookAt(street, lane);
        foreach (var sensor in vehicleSensors)
            sensor.End();
        foreach (var watch in watches)
            watch.Look(street, sightings);
    }

    public DetectorReadings Readings(int intersection)
    {
        var readings = new LoopReading[loopsOf[intersection].Length];
        for (var i = 0; i < readings.Length; i++)
            readings[i] = loopsOf[intersection][i]?.Reading ?? default;
        return new(sensing, sensing == Sensing.Full ? vehicleSensors[intersection].Objects : [], ImmutableArray.Create(readings));
    }

    private LoopSensor?[] LayLoops(Intersection intersection) =>
        [.. intersection.Detectors.Select(detector => sensing == Sensing.Loops || detector.Kind == DetectorKind.Exit ? Lay(detector) : null)];

    private LoopSensor Lay(Detector detector)
    {
        var sensor = new LoopSensor();
        watches.Add(new(sensor, detector.Lane, network.Lanes[detector.Lane].LengthMetres, detector.PositionMetres));
        return sensor;
    }

    private void AddViews(Intersection intersection, VehicleSensor sensor)
    {
        foreach (var observed in intersection.ObservedLanes)
            views[observed.Lane].Add(new(sensor, checked((ushort)observed.Index), observed.OffsetMetres + network.Lanes[observed.Lane].LengthMetres));
    }

    private void LookAt(Street street, int lane)
    {
        var count = street.ReadLane(lane, cars);
        if (count > cars.Length)
        {
            cars = new LaneCar[2 * count];
            street.ReadLane(lane, cars);
        }
        foreach (var car in cars.AsSpan(0, count))
        {
            sightings.See(car.Vehicle, lane, car.Speed);
            foreach (var view in views[lane])
                view.Sensor.See(car.Vehicle, ObjectClasses.Of(car.Class), view.Observed, view.EndToStopMetres - car.Position, car.Speed);
        }
    }

    private readonly record struct LaneView(VehicleSensor Sensor, ushort Observed, double EndToStopMetres);
}
