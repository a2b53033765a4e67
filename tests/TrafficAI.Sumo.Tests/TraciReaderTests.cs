using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using TrafficAI.Fuzz;
using TrafficAI.Signals;
using TrafficAI.Signals.Street;
using TrafficAI.Sumo.Traci;

namespace TrafficAI.Sumo.Tests;

/// <summary>Whatever bytes come over the wire: a value or an EngineException, soon, and without memory on the word of a length.</summary>
public sealed class TraciReaderTests
{
    [Fact]
    public void Random_and_damaged_answers_to_a_step_end_in_a_value_or_an_engine_exception()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var reader = new AnswerReader(new SumoSensors(street.Network, Sensing.Full));
        CheckDamaged(TraciAnswer.OfStep(), bytes => reader.ReadStep(TraciAnswer.StepCommands, bytes));
    }

    [Theory]
    [InlineData(Sensing.Full)]
    [InlineData(Sensing.Loops)]
    public void Random_and_damaged_answers_of_sensors_end_in_a_value_or_an_engine_exception(Sensing sensing)
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var network = street.Network;
        var sensors = new SumoSensors(network, sensing);
        sensors.Vehicles.Enter("one"u8);
        sensors.Vehicles.Enter("two"u8);
        byte[] Answer(bool withClass) => TraciAnswer.OfLook(sensors.Loops.Count, ["one", "two"], network.Lanes[network.Intersections[0].StopLanes[0].Lane].Id.Value, withClass);
        sensors.Read(Answer(withClass: true), 0);
        CheckDamaged(Answer(withClass: false), bytes => sensors.Read(bytes, 1));
    }

    [Fact]
    public void Who_was_there_or_departs_is_in_the_street_until_he_arrives()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var sensors = new SumoSensors(street.Network, Sensing.Full);
        var reader = new AnswerReader(sensors);
        reader.ReadStart(TraciAnswer.OfStart());
        Assert.Equal((1, 0), (reader.Running, reader.Waiting));
        reader.ReadStep(TraciAnswer.StepCommands, TraciAnswer.OfStep());
        Assert.Equal((2, 2), (reader.Running, reader.Waiting));
        Assert.Equal(["one", "two"], sensors.Vehicles.All.Select(v => Encoding.UTF8.GetString(v.Name)).Order());
    }

    [Fact]
    public void A_value_of_another_vehicle_is_refused()
    {
        using var street = TestStreet.Grid(300, 1, 2);
        var sensors = new SumoSensors(street.Network, Sensing.Full);
        sensors.Vehicles.Enter("one"u8);
        var error = Assert.Throws<EngineException>(() => sensors.Read(TraciAnswer.OfLook(sensors.Loops.Count, ["two"], "lane", withClass: true), 1));
        Assert.Contains("another value", error.Message, StringComparison.Ordinal);
    }

    private static void CheckDamaged(byte[] answer, Action<byte[]> read)
    {
        const int rounds = 20_000;
        var chance = new Random(11);
        var (good, bad) = (0, 0);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            if (TryRead(read, Damage(answer, chance)))
                good++;
            else
                bad++;
        }
        Assert.True(good > rounds / 200 && bad > rounds / 4, $"{good} good, {bad} bad");
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / rounds, 0, 50_000);
    }

    private static bool TryRead(Action<byte[]> read, byte[] bytes)
    {
        try
        {
            read(bytes);
            return true;
        }
        catch (EngineException e)
        {
            Assert.False(e.Message.Contains('\n', StringComparison.Ordinal), e.Message);
            return false;
        }
    }

    private static byte[] Damage(byte[] answer, Random chance) => chance.Next(4) switch
    {
        0 => Mutation.Noise(200, chance),
        1 => Mutation.Length(answer, chance),
        _ => Mutation.Bytes(answer, chance),
    };

    [Fact]
    public void The_reason_of_a_refusal_is_passed_on()
    {
        var bytes = new TraciAnswer().Status(TraciCode.SetTrafficLight, 0xFF, "no such light\n'x'").ToArray();
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
}
