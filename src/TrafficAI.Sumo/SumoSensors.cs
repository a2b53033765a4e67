using System.Collections.Immutable;
using System.Text;
using TrafficAI.Network;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>All detectors of the street: what to ask SUMO for, and whose an answer is.</summary>
/// <remarks>Each value is asked for anew each second: that takes SUMO some 2,000 instructions, and 6,000 in a subscription. Moving a vehicle
/// for a second takes it 20,000, so that all vehicles may be asked, wherever they are.</remarks>
internal sealed class SumoSensors
{
    private readonly Sensing sensing;
    private readonly VehicleSensor[] vehicleSensors;
    private readonly Utf8Map<List<LaneView>> views = new();
    private readonly List<Detector> loops = [];
    private readonly List<(byte[] Name, LoopSensor Sensor)> loopSensors = [];
    private readonly LoopSensor?[][] loopsOf;

    public SumoSensors(RoadNetwork network, Sensing sensing)
    {
        this.sensing = sensing;
        vehicleSensors = sensing == Sensing.Full ? [.. network.Intersections.Select(_ => new VehicleSensor())] : [];
        loopsOf = [.. network.Intersections.Select(LayLoops)];
        for (var i = 0; i < vehicleSensors.Length; i++)
            AddViews(network, network.Intersections[i], vehicleSensors[i]);
    }

    /// <summary>Who is in the street.</summary>
    public StreetVehicles Vehicles { get; } = new();

    /// <summary>The loops to lay, by their number.</summary>
    public IReadOnlyList<Detector> Loops => loops;

    private LoopSensor?[] LayLoops(Intersection intersection) =>
        [.. intersection.Detectors.Select(d => sensing == Sensing.Loops || d.Kind == DetectorKind.Exit ? Lay(d) : null)];

    private LoopSensor Lay(Detector detector)
    {
        var sensor = new LoopSensor();
        loopSensors.Add((Encoding.UTF8.GetBytes(LoopFile.Name(loops.Count)), sensor));
        loops.Add(detector);
        return sensor;
    }

    private void AddViews(RoadNetwork network, Intersection intersection, VehicleSensor sensor)
    {
        foreach (var observed in intersection.ObservedLanes)
        {
            var lane = network.Lanes[observed.Lane];
            var name = Encoding.UTF8.GetBytes(lane.Id.Value);
            if (!views.TryGet(name, out var ofLane))
                views.Set(name, ofLane = []);
            ofLane.Add(new(sensor, checked((ushort)observed.Index), observed.OffsetMetres + lane.LengthMetres));
        }
    }

    /// <summary>Writes the questions of one second; none where there is nobody to see and no loop.</summary>
    public void Ask(TraciWriter message)
    {
        foreach (var (name, _) in loopSensors)
            message.Get(TraciCode.GetLoop, TraciCode.LoopVehicles, name);
        if (sensing != Sensing.Full)
            return;
        foreach (var vehicle in Vehicles.All)
        {
            if (vehicle.Class is null)
                message.Get(TraciCode.GetVehicle, TraciCode.VehicleClass, vehicle.Name);
            message.Get(TraciCode.GetVehicle, TraciCode.LaneId, vehicle.Name);
            message.Get(TraciCode.GetVehicle, TraciCode.LanePosition, vehicle.Name);
            message.Get(TraciCode.GetVehicle, TraciCode.Speed, vehicle.Name);
        }
    }

    /// <summary>Reads the answer to <see cref="Ask"/>.</summary>
    /// <param name="answer">Empty if nothing was asked.</param>
    /// <param name="now">The street second that has ended.</param>
    /// <exception cref="EngineException">SUMO refused a question, or the answer is broken.</exception>
    public void Read(ReadOnlySpan<byte> answer, long now)
    {
        var reader = new TraciReader(answer);
        foreach (var (name, sensor) in loopSensors)
        {
            reader.Value(TraciCode.GetLoop, TraciCode.LoopVehicles, name);
            LoopAnswer.Read(ref reader, sensor, now);
        }
        if (sensing == Sensing.Full)
            ReadVehicles(ref reader);
    }

    private void ReadVehicles(ref TraciReader reader)
    {
        foreach (var sensor in vehicleSensors)
            sensor.Begin();
        foreach (var vehicle in Vehicles.All)
            ReadVehicle(ref reader, vehicle);
        foreach (var sensor in vehicleSensors)
            sensor.End();
    }

    private void ReadVehicle(ref TraciReader reader, StreetVehicle vehicle)
    {
        if (vehicle.Class is null)
        {
            reader.Value(TraciCode.GetVehicle, TraciCode.VehicleClass, vehicle.Name);
            vehicle.Class = ObjectClasses.Of(VehicleClassNames.TryRead(Encoding.UTF8.GetString(reader.TypedText())) ?? VehicleClasses.None);
        }
        reader.Value(TraciCode.GetVehicle, TraciCode.LaneId, vehicle.Name);
        var lane = reader.TypedText();
        reader.Value(TraciCode.GetVehicle, TraciCode.LanePosition, vehicle.Name);
        var position = reader.TypedDouble();
        reader.Value(TraciCode.GetVehicle, TraciCode.Speed, vehicle.Name);
        var speed = reader.TypedDouble();
        if (!views.TryGet(lane, out var ofLane))
            return;
        foreach (var view in ofLane)
            view.Sensor.See(vehicle.Number, vehicle.Class.Value, view.Observed, view.EndToStopMetres - position, speed);
    }

    public DetectorReadings Readings(int intersection)
    {
        var readings = new LoopReading[loopsOf[intersection].Length];
        for (var i = 0; i < readings.Length; i++)
            readings[i] = loopsOf[intersection][i]?.Reading ?? default;
        return new(sensing, sensing == Sensing.Full ? vehicleSensors[intersection].Objects : [], ImmutableArray.Create(readings));
    }

    private readonly record struct LaneView(VehicleSensor Sensor, ushort Observed, double EndToStopMetres);
}
