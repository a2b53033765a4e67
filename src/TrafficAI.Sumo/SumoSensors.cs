using System.Collections.Immutable;
using System.Text;
using TrafficAI.Network;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo;

/// <summary>All detectors of the street: what to ask SUMO for, and whose an answer is.</summary>
internal sealed class SumoSensors
{
    private readonly RoadNetwork network;
    private readonly Sensing sensing;
    private readonly VehicleSensor[] vehicles;
    private readonly Utf8Map<VehicleSensor> byJunction = new();
    private readonly List<(string Junction, double RadiusMetres)> views = [];
    private readonly List<Detector> loops = [];
    private readonly List<LoopSensor> loopSensors = [];
    private readonly LoopSensor?[][] loopsOf;
    private long now;

    public SumoSensors(RoadNetwork network, Sensing sensing)
    {
        this.network = network;
        this.sensing = sensing;
        vehicles = sensing == Sensing.Full ? [.. network.Intersections.Select(i => new VehicleSensor(network, i))] : [];
        loopsOf = [.. network.Intersections.Select(LayLoops)];
        if (sensing == Sensing.Full)
        {
            foreach (var intersection in network.Intersections)
                AddViews(intersection);
        }
    }

    /// <summary>The loops to lay, by their number.</summary>
    public IReadOnlyList<Detector> Loops => loops;

    private LoopSensor?[] LayLoops(Intersection intersection) =>
        [.. intersection.Detectors.Select(d => sensing == Sensing.Loops || d.Kind == DetectorKind.Exit ? Lay(d) : null)];

    private LoopSensor Lay(Detector detector)
    {
        var sensor = new LoopSensor();
        loops.Add(detector);
        loopSensors.Add(sensor);
        return sensor;
    }

    private void AddViews(Intersection intersection)
    {
        foreach (var junction in intersection.Junctions)
        {
            var name = network.Junctions[junction].Id.Value;
            byJunction.Set(Encoding.UTF8.GetBytes(name), vehicles[intersection.Index]);
            views.Add((name, SensorRange.RadiusMetres(network, intersection, junction)));
        }
    }

    public void Subscribe(TraciWriter message)
    {
        foreach (var (junction, radius) in views)
            message.SubscribeVehiclesAround(junction, radius, TraciCode.LaneId, TraciCode.LanePosition, TraciCode.Speed, TraciCode.VehicleClass);
        for (var i = 0; i < loops.Count; i++)
            message.Subscribe(TraciCode.SubscribeLoop, LoopFile.Name(i), TraciCode.LoopVehicles);
    }

    /// <summary>Begins to read the answers of one second.</summary>
    /// <param name="second">The street second at which it ended.</param>
    public void Begin(long second)
    {
        now = second;
        foreach (var sensor in vehicles)
            sensor.Begin();
    }

    public void End()
    {
        foreach (var sensor in vehicles)
            sensor.End();
    }

    /// <summary>Reads one result, after its length and its kind.</summary>
    /// <exception cref="EngineException">It is none of ours, or broken.</exception>
    public void Read(byte kind, ref TraciReader reader)
    {
        if (kind == TraciCode.JunctionContextResult)
            ReadView(ref reader);
        else if (kind == TraciCode.LoopResult)
            ReadLoop(ref reader);
        else
            throw reader.Broken($"a result of kind 0x{kind:x2} that nobody asked for");
    }

    private void ReadView(ref TraciReader reader)
    {
        if (!byJunction.TryGet(reader.Text(), out var sensor))
            throw reader.Broken("vehicles around an unknown junction");
        reader.Byte(); // domain
        reader.Byte(); // number of variables
        for (var left = reader.Count(4); left > 0; left--)
            ReadVehicle(ref reader, sensor);
    }

    private static void ReadVehicle(ref TraciReader reader, VehicleSensor sensor)
    {
        var id = reader.Text();
        reader.Variable(TraciCode.LaneId);
        var lane = reader.TypedText();
        reader.Variable(TraciCode.LanePosition);
        var position = reader.TypedDouble();
        reader.Variable(TraciCode.Speed);
        var speed = reader.TypedDouble();
        reader.Variable(TraciCode.VehicleClass);
        sensor.See(id, lane, position, speed, reader.TypedText());
    }

    private void ReadLoop(ref TraciReader reader)
    {
        if (!LoopFile.TryNumber(reader.Text(), out var number) || number < 0 || number >= loopSensors.Count)
            throw reader.Broken("a reading of an unknown loop");
        reader.Byte(); // number of variables
        loopSensors[number].Read(ref reader, now);
    }

    public DetectorReadings Readings(int intersection)
    {
        var readings = new LoopReading[loopsOf[intersection].Length];
        for (var i = 0; i < readings.Length; i++)
            readings[i] = loopsOf[intersection][i]?.Reading ?? default;
        return new(sensing, sensing == Sensing.Full ? vehicles[intersection].Objects : [], ImmutableArray.Create(readings));
    }
}
