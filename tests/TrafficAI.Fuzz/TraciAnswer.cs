using System.Buffers.Binary;
using System.Text;
using TrafficAI.Sumo;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Fuzz;

/// <summary>Answers as SUMO writes them, field by field.</summary>
internal sealed class TraciAnswer
{
    /// <summary>What a step asks for.</summary>
    public static readonly byte[] StepCommands = [TraciCode.SetTrafficLight, TraciCode.SimulationStep];

    private readonly List<byte> all = [];

    public byte[] ToArray() => [.. all];

    /// <summary>A step's answer: vehicles "one" and "two" have come, "zero" has gone, "p" and "q" wait.</summary>
    public static byte[] OfStep() =>
        new TraciAnswer().Status(TraciCode.SetTrafficLight).Status(TraciCode.SimulationStep).Int(1).Begin(TraciCode.SimulationResult).Text("").Byte(3)
            .Names(TraciCode.Departed, "one", "two").Names(TraciCode.Arrived, "zero").Names(TraciCode.Pending, "p", "q").ToArray();

    /// <summary>The answer before the first step: nobody has come, but "zero" is there.</summary>
    public static byte[] OfStart() =>
        new TraciAnswer().Status(TraciCode.SubscribeSimulation).Begin(TraciCode.SimulationResult).Text("").Byte(3)
            .Names(TraciCode.Departed).Names(TraciCode.Arrived).Names(TraciCode.Pending)
            .Value(TraciCode.GetVehicle, TraciCode.IdList, "", TraciCode.TypeStringList).Int(1).Text("zero").ToArray();

    /// <summary>The answer to what sensors ask: loops with a vehicle on each, then vehicles on one lane.</summary>
    /// <param name="withClass">As when the vehicles are seen for the first time.</param>
    public static byte[] OfLook(int loops, IEnumerable<string> vehicles, string lane, bool withClass)
    {
        var bytes = new TraciAnswer();
        for (var i = 0; i < loops; i++)
            bytes.Loop(i);
        foreach (var name in vehicles)
            bytes.Vehicle(name, lane, withClass);
        return bytes.ToArray();
    }

    public TraciAnswer Byte(byte value)
    {
        all.Add(value);
        return this;
    }

    public TraciAnswer Int(int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        all.AddRange(bytes);
        return this;
    }

    public TraciAnswer Double(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        all.AddRange(bytes);
        return this;
    }

    public TraciAnswer Text(string value)
    {
        Int(Encoding.UTF8.GetByteCount(value));
        all.AddRange(Encoding.UTF8.GetBytes(value));
        return this;
    }

    public TraciAnswer Status(byte command, byte status = 0, string reason = "") => Byte((byte)(7 + reason.Length)).Byte(command).Byte(status).Text(reason);

    private void Vehicle(string name, string lane, bool withClass)
    {
        if (withClass)
            Value(TraciCode.GetVehicle, TraciCode.VehicleClass, name, TraciCode.TypeString).Text("bus");
        Value(TraciCode.GetVehicle, TraciCode.LaneId, name, TraciCode.TypeString).Text(lane);
        Value(TraciCode.GetVehicle, TraciCode.LanePosition, name, TraciCode.TypeDouble).Double(12);
        Value(TraciCode.GetVehicle, TraciCode.Speed, name, TraciCode.TypeDouble).Double(3);
    }

    private void Loop(int number) =>
        Value(TraciCode.GetLoop, TraciCode.LoopVehicles, LoopFile.Name(number), TraciCode.TypeCompound).Int(1).Byte(TraciCode.TypeInteger).Int(1)
            .Byte(TraciCode.TypeString).Text("one").Byte(TraciCode.TypeDouble).Double(5).Byte(TraciCode.TypeDouble).Double(0.2).Byte(TraciCode.TypeDouble).Double(-1)
            .Byte(TraciCode.TypeString).Text("car");

    private TraciAnswer Begin(byte kind) => Byte(0).Int(100).Byte(kind);

    private TraciAnswer Names(byte variable, params ReadOnlySpan<string> names)
    {
        Byte(variable).Byte(0).Byte(TraciCode.TypeStringList).Int(names.Length);
        foreach (var name in names)
            Text(name);
        return this;
    }

    private TraciAnswer Value(byte command, byte variable, string name, byte type) =>
        Status(command).Begin((byte)(command + TraciCode.ValueOffset)).Byte(variable).Text(name).Byte(type);
}
