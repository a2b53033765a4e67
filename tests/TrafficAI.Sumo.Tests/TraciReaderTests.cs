using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo.Tests;

/// <summary>Whatever bytes come over the wire: a value or an EngineException, soon, and without memory on the word of a length.</summary>
public sealed class TraciReaderTests
{
    private static readonly byte[] StepCommands = [TraciCode.SetTrafficLight, TraciCode.SimulationStep];

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void Random_and_damaged_answers_end_in_a_value_or_an_engine_exception(Sensing sensing)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var network = street.Network;
        var answer = Answer(network.Junctions[network.Intersections[0].Junctions[0]].Id.Value, network.Lanes[network.Intersections[0].StopLanes[0].Lane].Id.Value, sensing);
        var reader = new AnswerReader(new SumoSensors(network, sensing));
        reader.ReadStep(StepCommands, answer, 1);
        var chance = new Random(11);
        var (good, bad) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 20_000; round++)
        {
            if (TryRead(reader, Damage(answer, chance)))
                good++;
            else
                bad++;
        }
        Assert.True(good > 100 && bad > 5000, $"{good} good, {bad} bad");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000L * 50_000);
    }

    private static bool TryRead(AnswerReader reader, byte[] bytes)
    {
        try
        {
            reader.ReadStep(StepCommands, bytes, 1);
            return true;
        }
        catch (EngineException e)
        {
            Assert.DoesNotContain('\n', e.Message);
            return false;
        }
    }

    private static byte[] Damage(byte[] answer, Random chance)
    {
        var bytes = (byte[])answer.Clone();
        switch (chance.Next(4))
        {
            case 0:
                bytes = new byte[chance.Next(200)];
                chance.NextBytes(bytes);
                return bytes;
            case 1:
                return bytes[..chance.Next(bytes.Length)];
            case 2:
                BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(chance.Next(bytes.Length - 4)), chance.Next(2) == 0 ? int.MaxValue : chance.Next());
                return bytes;
            default:
                bytes[chance.Next(bytes.Length)] = (byte)chance.Next(256);
                return bytes;
        }
    }

    [Fact]
    public void The_reason_of_a_refusal_is_passed_on()
    {
        var bytes = new Bytes().Status(TraciCode.SetTrafficLight, 0xFF, "no such light\n'x'").ToArray();
        var error = Assert.Throws<EngineException>(() => new TraciReader(bytes).Status(TraciCode.SetTrafficLight));
        Assert.Contains("no such light 'x'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task A_peer_that_announces_nonsense_or_hangs_up_is_an_input_error(int announced)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var server = Task.Run(() =>
        {
            using var peer = listener.AcceptSocket();
            peer.Receive(new byte[100]);
            var bytes = new byte[8];
            BinaryPrimitives.WriteInt32BigEndian(bytes, announced);
            peer.Send(bytes);
        }, TestContext.Current.CancellationToken);
        using var connection = TraciConnection.Open(((IPEndPoint)listener.LocalEndpoint).Port, () => false, TimeSpan.FromSeconds(5));
        var message = new TraciWriter();
        message.GetVersion();
        Assert.Throws<IOException>(() => { connection.Exchange(message); });
        await server.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Nobody_listening_is_an_input_error_as_soon_as_the_process_has_gone() =>
        Assert.Throws<IOException>(() => TraciConnection.Open(1, () => true, TimeSpan.FromMinutes(5)));

    /// <summary>A step's answer as SUMO writes it.</summary>
    private static byte[] Answer(string junction, string lane, Sensing sensing)
    {
        var bytes = new Bytes().Status(TraciCode.SetTrafficLight).Status(TraciCode.SimulationStep).Int(2);
        bytes.Begin(TraciCode.SimulationResult).Text("").Byte(3).Variable(TraciCode.Departed, TraciCode.TypeInteger).Int(1)
            .Variable(TraciCode.Arrived, TraciCode.TypeInteger).Int(0).Variable(TraciCode.Pending, TraciCode.TypeStringList).Int(2).Text("p").Text("q");
        return sensing == Sensing.Full ? WithView(bytes, junction, lane) : WithLoop(bytes);
    }

    private static byte[] WithView(Bytes bytes, string junction, string lane)
    {
        bytes.Begin(TraciCode.JunctionContextResult).Text(junction).Byte(TraciCode.VehicleDomain).Byte(4).Int(2);
        foreach (var id in new[] { "one", "two" })
        {
            bytes.Text(id).Variable(TraciCode.LaneId, TraciCode.TypeString).Text(lane).Variable(TraciCode.LanePosition, TraciCode.TypeDouble).Double(12)
                .Variable(TraciCode.Speed, TraciCode.TypeDouble).Double(3).Variable(TraciCode.VehicleClass, TraciCode.TypeString).Text("bus");
        }
        return bytes.ToArray();
    }

    private static byte[] WithLoop(Bytes bytes) =>
        bytes.Begin(TraciCode.LoopResult).Text(LoopFile.Name(3)).Byte(1).Variable(TraciCode.LoopVehicles, TraciCode.TypeCompound).Int(1).Byte(TraciCode.TypeInteger).Int(1)
            .Byte(TraciCode.TypeString).Text("one").Byte(TraciCode.TypeDouble).Double(5).Byte(TraciCode.TypeDouble).Double(0.2).Byte(TraciCode.TypeDouble).Double(-1)
            .Byte(TraciCode.TypeString).Text("car").ToArray();

    private sealed class Bytes
    {
        private readonly List<byte> all = [];

        public byte[] ToArray() => [.. all];

        public Bytes Byte(byte value)
        {
            all.Add(value);
            return this;
        }

        public Bytes Int(int value)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, value);
            all.AddRange(bytes);
            return this;
        }

        public Bytes Double(double value)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
            all.AddRange(bytes);
            return this;
        }

        public Bytes Text(string value)
        {
            Int(Encoding.UTF8.GetByteCount(value));
            all.AddRange(Encoding.UTF8.GetBytes(value));
            return this;
        }

        public Bytes Status(byte command, byte status = 0, string reason = "") => Byte((byte)(7 + reason.Length)).Byte(command).Byte(status).Text(reason);

        public Bytes Begin(byte kind) => Byte(0).Int(100).Byte(kind);

        public Bytes Variable(byte variable, byte type) => Byte(variable).Byte(0).Byte(type);
    }
}
