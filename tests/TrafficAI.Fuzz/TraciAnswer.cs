using System.Buffers.Binary;
using System.Text;
using TrafficAI.Signals;
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

    /// <summary>A step's answer with what one sensor sees.</summary>
    public static byte[] OfStep(string junction, string lane, Sensing sensing)
    {
        var bytes = new TraciAnswer().Status(TraciCode.SetTrafficLight).Status(TraciCode.SimulationStep).Int(2);
        bytes.Begin(TraciCode.SimulationResult).Text("").Byte(3).Variable(TraciCode.Departed, TraciCode.TypeInteger).Int(1)
            .Variable(TraciCode.Arrived, TraciCode.TypeInteger).Int(0).Variable(TraciCode.Pending, TraciCode.TypeStringList).Int(2).Text("p").Text("q");
        return sensing == Sensing.Full ? WithView(bytes, junction, lane) : WithLoop(bytes);
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

    private static byte[] WithView(TraciAnswer bytes, string junction, string lane)
    {
        bytes.Begin(TraciCode.JunctionContextResult).Text(junction).Byte(TraciCode.VehicleDomain).Byte(4).Int(2);
        foreach (var id in new[] { "one", "two" })
        {
            bytes.Text(id).Variable(TraciCode.LaneId, TraciCode.TypeString).Text(lane).Variable(TraciCode.LanePosition, TraciCode.TypeDouble).Double(12)
                .Variable(TraciCode.Speed, TraciCode.TypeDouble).Double(3).Variable(TraciCode.VehicleClass, TraciCode.TypeString).Text("bus");
        }

        return bytes.ToArray();
    }

    private static byte[] WithLoop(TraciAnswer bytes) =>
        bytes.Begin(TraciCode.LoopResult).Text(LoopFile.Name(3)).Byte(1).Variable(TraciCode.LoopVehicles, TraciCode.TypeCompound).Int(1).Byte(TraciCode.TypeInteger).Int(1)
            .Byte(TraciCode.TypeString).Text("one").Byte(TraciCode.TypeDouble).Double(5).Byte(TraciCode.TypeDouble).Double(0.2).Byte(TraciCode.TypeDouble).Double(-1)
            .Byte(TraciCode.TypeString).Text("car").ToArray();

    private TraciAnswer Begin(byte kind) => Byte(0).Int(100).Byte(kind);

    private TraciAnswer Variable(byte variable, byte type) => Byte(variable).Byte(0).Byte(type);
}
